function getEnumValues(entries) {
	const numericValues = Object.values(entries).filter((v) => typeof v === "number");
	return Object.entries(entries).filter(([k, _]) => numericValues.indexOf(+k) === -1).map(([_, v]) => v);
}
function joinValues(array, separator = "|") {
	return array.map((val) => stringifyPrimitive(val)).join(separator);
}
function jsonStringifyReplacer(_, value) {
	if (typeof value === "bigint") return value.toString();
	return value;
}
var Cached = class {
	constructor(getter) {
		this._getter = getter;
		this._value = void 0;
	}
	get value() {
		const getter = this._getter;
		if (getter !== void 0) {
			this._value = getter();
			this._getter = void 0;
		}
		return this._value;
	}
};
function cached(getter) {
	return new Cached(getter);
}
function nullish(input) {
	return input === null || input === void 0;
}
function cleanRegex(source) {
	const start = source.startsWith("^") ? 1 : 0;
	const end = source.endsWith("$") ? source.length - 1 : source.length;
	return source.slice(start, end);
}
function floatSafeRemainder(val, step) {
	const ratio = val / step;
	const roundedRatio = Math.round(ratio);
	const tolerance = 4 * Number.EPSILON * Math.max(Math.abs(ratio), 1);
	if (Math.abs(ratio - roundedRatio) < tolerance) return 0;
	return ratio - roundedRatio;
}
const EVALUATING = /* @__PURE__*/ Symbol("evaluating");
function defineLazy(object, key, getter) {
	let value = void 0;
	Object.defineProperty(object, key, {
		get() {
			if (value === EVALUATING) return;
			if (value === void 0) {
				value = EVALUATING;
				value = getter();
			}
			return value;
		},
		set(v) {
			Object.defineProperty(object, key, { value: v });
		},
		configurable: true
	});
}
function assignProp(target, prop, value) {
	Object.defineProperty(target, prop, {
		value,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
function rawShape(def) {
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	return desc?.get ? desc.get.raw : desc?.value;
}
function sourceShape(schema) {
	return rawShape(schema._zod.def) ?? schema._zod.def.shape;
}
function deferProp(target, key, getter) {
	Object.defineProperty(target, key, {
		get() {
			const value = getter();
			assignProp(this, key, value);
			return value;
		},
		enumerable: true,
		configurable: true
	});
}
function putProp(target, key, value) {
	if (key in target) assignProp(target, key, value);
	else target[key] = value;
}
function mirrorShape(target, source, keys, wrap) {
	const raw = sourceShape(source);
	for (const key of keys) {
		const desc = Object.getOwnPropertyDescriptor(raw, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => {
			const value = source._zod.def.shape[key];
			return wrap ? wrap(value, key) : value;
		});
		else putProp(target, key, wrap ? wrap(desc.value, key) : desc.value);
	}
}
function mirrorProps(target, source) {
	for (const key of Reflect.ownKeys(source)) {
		const desc = Object.getOwnPropertyDescriptor(source, key);
		if (!desc.enumerable) continue;
		if (desc.get) deferProp(target, key, () => source[key]);
		else putProp(target, key, desc.value);
	}
}
function mergeDefs(...defs) {
	const mergedDescriptors = {};
	for (const def of defs) {
		const descriptors = Object.getOwnPropertyDescriptors(def);
		Object.assign(mergedDescriptors, descriptors);
	}
	return Object.defineProperties({}, mergedDescriptors);
}
function esc(str) {
	return JSON.stringify(str);
}
function slugify(input) {
	return input.toLowerCase().trim().replace(/[^\w\s-]/g, "").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
}
const captureStackTrace = "captureStackTrace" in Error ? Error.captureStackTrace : (..._args) => {};
function isObject$1(data) {
	return typeof data === "object" && data !== null && !Array.isArray(data);
}
const allowsEval = /* @__PURE__*/ cached(() => {
	if (globalConfig.jitless) return false;
	if (typeof navigator !== "undefined" && navigator?.userAgent?.includes("Cloudflare")) return false;
	try {
		new Function("");
		return true;
	} catch (_) {
		return false;
	}
});
function isPlainObject(o) {
	if (isObject$1(o) === false) return false;
	const ctor = o.constructor;
	if (ctor === void 0) return true;
	if (typeof ctor !== "function") return true;
	const prot = ctor.prototype;
	if (isObject$1(prot) === false) return false;
	if (Object.prototype.hasOwnProperty.call(prot, "isPrototypeOf") === false) return false;
	return true;
}
function shallowClone(o) {
	if (isPlainObject(o)) return { ...o };
	if (Array.isArray(o)) return [...o];
	if (o instanceof Map) return new Map(o);
	if (o instanceof Set) return new Set(o);
	return o;
}
const propertyKeyTypes = /* @__PURE__*/ new Set([
	"string",
	"number",
	"symbol"
]);
function escapeRegex(str) {
	return str.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function clone$1(inst, def, params) {
	const cl = new inst._zod.constr(def ?? inst._zod.def);
	if (!def || params?.parent) cl._zod.parent = inst;
	return cl;
}
function normalizeParams(_params) {
	const params = _params;
	if (!params) return {};
	if (typeof params === "string") return { error: () => params };
	if (params?.message !== void 0) {
		if (params?.error !== void 0) throw new Error("Cannot specify both `message` and `error` params");
		params.error = params.message;
	}
	delete params.message;
	if (typeof params.error === "string") return {
		...params,
		error: () => params.error
	};
	return params;
}
function stringifyPrimitive(value) {
	if (typeof value === "bigint") return value.toString() + "n";
	if (typeof value === "string") return `"${value}"`;
	return `${value}`;
}
function optionalKeys(shape) {
	return Object.keys(shape).filter((k) => {
		return shape[k]._zod.optin !== void 0 && shape[k]._zod.optout === "optional";
	});
}
const NUMBER_FORMAT_RANGES = /*@__PURE__*/ (() => ({
	safeint: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
	int32: [-2147483648, 2147483647],
	uint32: [0, 4294967295],
	float32: [-34028234663852886e22, 34028234663852886e22],
	float64: [-Number.MAX_VALUE, Number.MAX_VALUE]
}))();
const BIGINT_FORMAT_RANGES = {
	int64: [/* @__PURE__*/ BigInt("-9223372036854775808"), /* @__PURE__*/ BigInt("9223372036854775807")],
	uint64: [/* @__PURE__*/ BigInt(0), /* @__PURE__*/ BigInt("18446744073709551615")]
};
function pick(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".pick() cannot be used on object schemas containing refinements");
	const newShape = {};
	mirrorShape(newShape, schema, maskedKeys(schema, mask));
	return clone$1(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function maskedKeys(schema, mask) {
	const raw = sourceShape(schema);
	const keys = [];
	for (const key of Reflect.ownKeys(mask)) {
		if (!Object.getOwnPropertyDescriptor(raw, key)?.enumerable) throw new Error(`Unrecognized key: "${String(key)}"`);
		if (mask[key]) keys.push(key);
	}
	return keys;
}
function omit(schema, mask) {
	const currDef = schema._zod.def;
	const checks = currDef.checks;
	if (checks && checks.length > 0) throw new Error(".omit() cannot be used on object schemas containing refinements");
	const omitted = new Set(maskedKeys(schema, mask));
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)).filter((key) => !omitted.has(key)));
	return clone$1(schema, mergeDefs(currDef, {
		shape: newShape,
		checks: []
	}));
}
function extend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to extend: expected a plain object");
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) {
		const existingShape = sourceShape(schema);
		for (const key of Reflect.ownKeys(shape)) if (Object.getOwnPropertyDescriptor(existingShape, key) !== void 0) throw new Error("Cannot overwrite keys on object schemas containing refinements. Use `.safeExtend()` instead.");
	}
	return clone$1(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function extended(schema, shape) {
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)));
	mirrorProps(newShape, shape);
	return newShape;
}
function safeExtend(schema, shape) {
	if (!isPlainObject(shape)) throw new Error("Invalid input to safeExtend: expected a plain object");
	return clone$1(schema, mergeDefs(schema._zod.def, { shape: extended(schema, shape) }));
}
function merge(a, b) {
	if (!b?._zod?.def) throw new Error("Invalid input to merge: expected an object schema. To merge a plain shape, use `.extend()`.");
	if (a._zod.def.checks?.length) throw new Error(".merge() cannot be used on object schemas containing refinements. Use .safeExtend() instead.");
	const newShape = {};
	mirrorShape(newShape, a, Reflect.ownKeys(sourceShape(a)));
	mirrorShape(newShape, b, Reflect.ownKeys(sourceShape(b)));
	return clone$1(a, mergeDefs(a._zod.def, {
		shape: newShape,
		get catchall() {
			return b._zod.def.catchall;
		},
		checks: b._zod.def.checks ?? []
	}));
}
function partial(Class, schema, mask, name = "partial") {
	const checks = schema._zod.def.checks;
	if (checks && checks.length > 0) throw new Error(`.${name}() cannot be used on object schemas containing refinements`);
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), Class && ((value, key) => selected && !selected.has(key) ? value : new Class({
		type: "optional",
		innerType: value
	})));
	return clone$1(schema, mergeDefs(schema._zod.def, {
		shape: newShape,
		checks: []
	}));
}
function required(Class, schema, mask) {
	const selected = mask ? new Set(maskedKeys(schema, mask)) : void 0;
	const newShape = {};
	mirrorShape(newShape, schema, Reflect.ownKeys(sourceShape(schema)), (value, key) => selected && !selected.has(key) ? value : new Class({
		type: "nonoptional",
		innerType: value
	}));
	return clone$1(schema, mergeDefs(schema._zod.def, { shape: newShape }));
}
function aborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue !== true) return true;
	return false;
}
function explicitlyAborted(x, startIndex = 0) {
	if (x.aborted === true) return true;
	for (let i = startIndex; i < x.issues.length; i++) if (x.issues[i]?.continue === false) return true;
	return false;
}
function prefixIssues(path, issues) {
	return issues.map((iss) => {
		var _a;
		(_a = iss).path ?? (_a.path = []);
		iss.path.unshift(path);
		return iss;
	});
}
function unwrapMessage(message) {
	return typeof message === "string" ? message : message?.message;
}
function sizeCaps(defChecks) {
	const caps = [];
	for (const ch of defChecks ?? []) {
		const d = ch._zod.def;
		if (!/_(length|size)$|_equals$/.test(d.check)) break;
		const max = d.maximum ?? d.length ?? d.size;
		if (max >= 0) caps.push([max, ch]);
	}
	return caps;
}
function attachSchema(issues, start, inst) {
	var _a;
	for (let i = start; i < issues.length; i++) (_a = issues[i]).schema ?? (_a.schema = inst);
}
function finalizeIssue(iss, ctx, config) {
	var _a;
	const traits = iss.inst?._zod?.traits;
	if (traits?.has("$ZodType")) {
		if (traits.has("$ZodCheck")) (_a = iss).schema ?? (_a.schema = iss.inst);
		else iss.schema = iss.inst;
	}
	const schemaError = iss.schema !== iss.inst ? iss.schema?._zod.def?.error : void 0;
	const message = iss.message ? iss.message : unwrapMessage(iss.inst?._zod.def?.error?.(iss)) ?? unwrapMessage(schemaError?.(iss)) ?? unwrapMessage(ctx?.error?.(iss)) ?? unwrapMessage(config.customError?.(iss)) ?? unwrapMessage(config.localeError?.(iss)) ?? "Invalid input";
	const full = {};
	for (const k of Object.keys(iss)) {
		if (k === "inst" || k === "schema" || k === "continue" || k === "input" || k === "__proto__") continue;
		full[k] = iss[k];
	}
	full.path ?? (full.path = []);
	full.message = message;
	if (ctx?.reportInput) full.input = iss.input;
	return full;
}
const highSurrogate = /[\uD800-\uDBFF]/;
function codePointLength(str) {
	const units = str.length;
	if (!highSurrogate.test(str)) return units;
	let count = units;
	for (let i = 0; i < units - 1; i++) if ((str.charCodeAt(i) & 64512) === 55296 && (str.charCodeAt(i + 1) & 64512) === 56320) {
		count--;
		i++;
	}
	return count;
}
function getLengthableOrigin(input) {
	if (Array.isArray(input)) return "array";
	if (typeof input === "string") return "string";
	return "unknown";
}
function parsedType(data) {
	const t = typeof data;
	switch (t) {
		case "number": return Number.isNaN(data) ? "nan" : "number";
		case "object": {
			if (data === null) return "null";
			if (Array.isArray(data)) return "array";
			const obj = data;
			if (obj && Object.getPrototypeOf(obj) !== Object.prototype && "constructor" in obj && obj.constructor) return obj.constructor.name;
		}
	}
	return t;
}
function issue(...args) {
	const [iss, input, inst] = args;
	if (typeof iss === "string") return {
		message: iss,
		code: "custom",
		input,
		inst
	};
	return { ...iss };
}
function members(proto, table) {
	for (const key in table) {
		const desc = Object.getOwnPropertyDescriptor(table, key);
		if (desc.get) Object.defineProperty(proto, key, {
			...desc,
			enumerable: false
		});
		else defineBound(proto, key, desc.value);
	}
}
function own$1(inst, key, value, enumerable = true) {
	Object.defineProperty(inst, key, {
		configurable: true,
		writable: true,
		enumerable,
		value
	});
	return value;
}
function hide(inst, key, value) {
	return own$1(inst, key, value, false);
}
/* @__NO_SIDE_EFFECTS__ */
function derived(computes, table) {
	for (const key in computes) {
		const compute = computes[key];
		Object.defineProperty(table, key, {
			configurable: true,
			enumerable: true,
			get() {
				return own$1(this, key, compute(this));
			},
			set(value) {
				own$1(this, key, value);
			}
		});
	}
	return table;
}
function defineBound(proto, key, fn) {
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			return this == null ? fn : own$1(this, key, fn.bind(this));
		},
		set(value) {
			own$1(this, key, value);
		}
	});
}
function claim(inst, sentinel) {
	const proto = Object.getPrototypeOf(inst);
	return sentinel in proto ? void 0 : proto;
}
let installing;
let broke = false;
const breaker = {
	configurable: true,
	get() {
		broke = true;
	}
};
function defineLazyInternal(inst, key, compute) {
	const proto = Object.getPrototypeOf(inst._zod);
	if (key in proto && installing !== inst._zod) {
		installing = void 0;
		return;
	}
	installing = inst._zod;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			Object.defineProperty(this, key, breaker);
			const outer = broke;
			broke = false;
			try {
				const value = compute(this);
				if (broke) delete this[key];
				else Object.defineProperty(this, key, {
					configurable: true,
					writable: true,
					value
				});
				broke = broke || outer;
				return value;
			} catch (err) {
				delete this[key];
				broke = broke || outer;
				throw err;
			}
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				value
			});
		}
	});
}
function installLazyProp(inst, key, make, enumerable) {
	const proto = claim(inst, key);
	if (!proto) return;
	Object.defineProperty(proto, key, {
		configurable: true,
		get() {
			const desc = {
				configurable: true,
				writable: true,
				enumerable,
				value: void 0
			};
			Object.defineProperty(this, key, desc);
			desc.value = make(this);
			Object.defineProperty(this, key, desc);
			return desc.value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				configurable: true,
				writable: true,
				enumerable,
				value
			});
		}
	});
}
const CONSTANT_CATCH = "~constantCatch";
function constantCatch(value) {
	const fn = () => value;
	fn[CONSTANT_CATCH] = true;
	return fn;
}

var _a$1;
const _zodDesc = {
	value: void 0,
	enumerable: false
};
let _E = "captureStackTrace" in Error ? Error : null;
function newError(Definition) {
	const E = _E;
	if (E) {
		const saved = E.stackTraceLimit;
		if (typeof saved === "number") {
			try {
				E.stackTraceLimit = 0;
			} catch {
				_E = null;
				return new Definition();
			}
			try {
				return new Definition();
			} finally {
				E.stackTraceLimit = saved;
			}
		}
	}
	return new Definition();
}
/* @__NO_SIDE_EFFECTS__ */
function $constructor(name, initializer, proto, params) {
	const zodProto = {};
	function Internals(def) {
		this.def = def;
		this.constr = _;
		this.traits = /* @__PURE__ */ new Set();
	}
	Internals.prototype = zodProto;
	const protoMembers = proto;
	const initialized = protoMembers && /* @__PURE__ */ new WeakSet();
	function init(inst, def) {
		if (!inst._zod) {
			_zodDesc.value = new Internals(def);
			try {
				Object.defineProperty(inst, "_zod", _zodDesc);
			} finally {
				_zodDesc.value = void 0;
			}
		} else if (inst._zod.traits.has(name)) return;
		inst._zod.traits.add(name);
		initializer(inst, def);
		if (initialized) {
			const own = Object.getPrototypeOf(inst);
			const ctorProto = inst._zod.constr.prototype;
			let up = own;
			while (up && up !== ctorProto) up = Object.getPrototypeOf(up);
			const target = up ?? own;
			if (!initialized.has(target)) {
				initialized.add(target);
				members(target, protoMembers);
			}
		}
		const proto = _.prototype;
		for (const k in proto) {
			if (!Object.prototype.hasOwnProperty.call(proto, k)) continue;
			if (!(k in inst)) inst[k] = proto[k].bind(inst);
		}
	}
	const Parent = params?.Parent ?? Object;
	class Definition extends Parent {}
	Object.defineProperty(Definition, "name", { value: name });
	function _(def) {
		const inst = params?.Parent ? newError(Definition) : this;
		init(inst, def);
		const deferred = inst._zod.deferred;
		if (deferred) {
			for (const fn of deferred) fn();
			inst._zod.deferred = void 0;
		}
		const pp = globalThis.__zod_globalConfig?.postProcessor;
		if (pp) pp(inst);
		return inst;
	}
	Object.defineProperty(_, "init", { value: init });
	Object.defineProperty(_, Symbol.hasInstance, { value: (inst) => {
		if (params?.Parent && inst instanceof params.Parent) return true;
		return inst?._zod?.traits?.has(name);
	} });
	Object.defineProperty(_, "name", { value: name });
	return _;
}
var $ZodAsyncError = class extends Error {
	constructor() {
		super(`Encountered Promise during synchronous parse. Use .parseAsync() instead.`);
	}
};
var $ZodEncodeError = class extends Error {
	constructor(name) {
		super(`Encountered unidirectional transform during encode: ${name}`);
		this.name = "ZodEncodeError";
	}
};
(_a$1 = globalThis).__zod_globalConfig ?? (_a$1.__zod_globalConfig = {});
const globalConfig = globalThis.__zod_globalConfig;
function config$1(newConfig) {
	if (newConfig) Object.assign(globalConfig, newConfig);
	return globalConfig;
}

function _getMessage() {
	const internals = this._zod;
	internals.message ?? (internals.message = JSON.stringify(internals.def, jsonStringifyReplacer, 2));
	return internals.message;
}
function _setMessage(value) {
	this._zod.message = value;
}
const _messageDesc = {
	get: _getMessage,
	set: _setMessage,
	enumerable: true,
	configurable: true
};
const _issuesDesc = {
	value: void 0,
	enumerable: false
};
const _installedToString = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
const initializer$1 = (inst, def) => {
	inst.name = "$ZodError";
	_issuesDesc.value = def;
	Object.defineProperty(inst, "issues", _issuesDesc);
	_issuesDesc.value = void 0;
	Object.defineProperty(inst, "message", _messageDesc);
	const proto = Object.getPrototypeOf(inst);
	if (!_installedToString.has(proto)) {
		_installedToString.add(proto);
		Object.defineProperty(proto, "toString", {
			configurable: true,
			enumerable: false,
			get() {
				const value = () => this.message;
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
				return value;
			},
			set(value) {
				Object.defineProperty(this, "toString", {
					value,
					configurable: true,
					writable: true
				});
			}
		});
	}
};
const $ZodError = /* @__PURE__ */ $constructor("$ZodError", initializer$1);
function node$1(obj, key, make) {
	if (!Object.prototype.hasOwnProperty.call(obj, key)) {
		if (key === "__proto__") Object.defineProperty(obj, key, {
			value: make(),
			writable: true,
			enumerable: true,
			configurable: true
		});
		else obj[key] = make();
	}
	return obj[key];
}
function flattenError(error, mapper = (issue) => issue.message) {
	const fieldErrors = {};
	const formErrors = [];
	for (const sub of error.issues) if (sub.path.length > 0) node$1(fieldErrors, sub.path[0], () => []).push(mapper(sub));
	else formErrors.push(mapper(sub));
	return {
		formErrors,
		fieldErrors
	};
}
function formatError(error, mapper = (issue) => issue.message) {
	const fieldErrors = { _errors: [] };
	const processError = (error, path = []) => {
		for (const issue of error.issues) if (issue.code === "invalid_union" && issue.errors.length) issue.errors.map((issues) => processError({ issues }, [...path, ...issue.path]));
		else if (issue.code === "invalid_key") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else if (issue.code === "invalid_element") processError({ issues: issue.issues }, [...path, ...issue.path]);
		else {
			const fullpath = [...path, ...issue.path];
			if (fullpath.length === 0) fieldErrors._errors.push(mapper(issue));
			else {
				let curr = fieldErrors;
				let i = 0;
				while (i < fullpath.length) {
					const el = fullpath[i];
					const terminal = i === fullpath.length - 1;
					if (el === "_errors") {
						if (terminal) curr._errors.push(mapper(issue));
						i++;
						continue;
					}
					if (!Object.prototype.hasOwnProperty.call(curr, el)) Object.defineProperty(curr, el, {
						value: { _errors: [] },
						enumerable: true,
						writable: true,
						configurable: true
					});
					const node = curr[el];
					if (terminal) node._errors.push(mapper(issue));
					curr = node;
					i++;
				}
			}
		}
	};
	processError(error);
	return fieldErrors;
}

function finalizeParams(callee, params) {
	return {
		callee: params?.callee ?? callee,
		Err: params?.Err
	};
}
const _parse = (_Err) => {
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: false
		} : { async: false };
		const result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) throw new $ZodAsyncError();
		if (result.issues.length) {
			const e = new ((_params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config$1())));
			captureStackTrace(e, _params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _parseAsync = (_Err) => {
	const fn = async (schema, value, _ctx, params) => {
		const ctx = _ctx ? {
			..._ctx,
			async: true
		} : { async: true };
		let result = schema._zod.run({
			value,
			issues: []
		}, ctx);
		if (result instanceof Promise) result = await result;
		if (result.issues.length) {
			const e = new ((params?.Err) ?? _Err)(result.issues.map((iss) => finalizeIssue(iss, ctx, config$1())));
			captureStackTrace(e, params?.callee ?? fn);
			throw e;
		}
		return result.value;
	};
	return fn;
};
const _safeParse = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: false
	} : { async: false };
	const result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
function failure(Err, issues, ctx) {
	let error;
	return {
		success: false,
		get error() {
			if (!error) {
				error = new Err(issues.map((iss) => finalizeIssue(iss, ctx, config$1())));
				issues = void 0;
				ctx = void 0;
			}
			return error;
		},
		set error(e) {
			error = e;
			issues = void 0;
			ctx = void 0;
		}
	};
}
const _safeParseAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true
	} : { async: true };
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length ? failure(_Err, result.issues, ctx) : {
		success: true,
		data: result.value
	};
};
const COMPILE_INVALID = /* @__PURE__ */ Symbol.for("zod.compile.invalid");
const COMPILE_FALLBACK = /* @__PURE__ */ Symbol.for("zod.compile.fallback");
const validate = ((schema, value, _ctx) => {
	const validator = schema._zod.bag.validator;
	if (validator !== void 0) {
		if (validator(value) !== COMPILE_INVALID) return true;
		if (validator.definite === true && _ctx === void 0) return false;
	}
	return validateFallback(schema, value, _ctx);
});
function validateFallback(schema, value, _ctx) {
	const ctx = _ctx ? {
		..._ctx,
		async: false,
		abortEarly: true
	} : {
		async: false,
		abortEarly: true
	};
	const fallbackRun = schema._zod.bag.fallbackRun;
	let result;
	if (fallbackRun) {
		ctx[COMPILE_FALLBACK] = true;
		result = fallbackRun({
			value,
			issues: []
		}, ctx);
	} else result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) throw new $ZodAsyncError();
	return result.issues.length === 0;
}
const validateAsync$1 = async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		async: true,
		abortEarly: true
	} : {
		async: true,
		abortEarly: true
	};
	let result = schema._zod.run({
		value,
		issues: []
	}, ctx);
	if (result instanceof Promise) result = await result;
	return result.issues.length === 0;
};
const _encode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return parse(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decode = (_Err) => {
	const parse = _parse(_Err);
	const fn = (schema, value, _ctx, _params) => {
		return parse(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _encodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		const ctx = _ctx ? {
			..._ctx,
			direction: "backward"
		} : { direction: "backward" };
		return await parseAsync(schema, value, ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _decodeAsync = (_Err) => {
	const parseAsync = _parseAsync(_Err);
	const fn = async (schema, value, _ctx, _params) => {
		return await parseAsync(schema, value, _ctx, finalizeParams(fn, _params));
	};
	return fn;
};
const _safeEncode = (_Err) => (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParse(_Err)(schema, value, ctx);
};
const _safeDecode = (_Err) => (schema, value, _ctx) => {
	return _safeParse(_Err)(schema, value, _ctx);
};
const _safeEncodeAsync = (_Err) => async (schema, value, _ctx) => {
	const ctx = _ctx ? {
		..._ctx,
		direction: "backward"
	} : { direction: "backward" };
	return _safeParseAsync(_Err)(schema, value, ctx);
};
const _safeDecodeAsync = (_Err) => async (schema, value, _ctx) => {
	return _safeParseAsync(_Err)(schema, value, _ctx);
};

const cuid = /^[cC][0-9a-z]{6,}$/;
const cuid2 = /^[0-9a-z]+$/;
const ulid = /^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$/;
const xid = /^[0-9a-vA-V]{20}$/;
const ksuid = /^[A-Za-z0-9]{27}$/;
const nanoid = /^[a-zA-Z0-9_-]{21}$/;
function nanoidOfLength(length) {
	return new RegExp(`^[a-zA-Z0-9_-]{${length}}$`);
}
const duration = /^P(?:(\d+W)|(?!.*W)(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/;
const guid = /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12})$/;
const uuid = (version) => {
	if (!version) return /^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}|00000000-0000-0000-0000-000000000000|ffffffff-ffff-ffff-ffff-ffffffffffff)$/;
	return new RegExp(`^([0-9a-fA-F]{8}-[0-9a-fA-F]{4}-${version}[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12})$`);
};
const email = /^(?:[A-Za-z0-9_'+\-]+\.)*[A-Za-z0-9_'+\-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9\-]*\.)+[A-Za-z]{2,}$/;
const _emoji$1 = `^(?=[\\s\\S]*[\\p{Extended_Pictographic}\\p{Regional_Indicator}\\u20E3])[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$`;
function emoji() {
	return new RegExp(_emoji$1, "u");
}
const ipv4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])$/;
const ipv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))$/;
const cidrv4 = /^((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\.){3}(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9][0-9]|[0-9])\/([0-9]|[1-2][0-9]|3[0-2])$/;
const cidrv6 = /^(([0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:))\/(12[0-8]|1[01][0-9]|[1-9]?[0-9])$/;
const base64$1 = /^$|^(?:[0-9a-zA-Z+/]{4})*(?:(?:[0-9a-zA-Z+/]{2}==)|(?:[0-9a-zA-Z+/]{3}=))?$/;
const base64url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/;
const httpProtocol = /^https?$/;
const e164 = /^\+[1-9]\d{6,14}$/;
const dateSource = `(?:(?:\\d\\d[2468][048]|\\d\\d[13579][26]|\\d\\d0[48]|[02468][048]00|[13579][26]00)-02-29|\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|(?:02)-(?:0[1-9]|1\\d|2[0-8])))`;
function anchor(source) {
	return new RegExp(`^${source}$`);
}
const date = /*@__PURE__*/ anchor(dateSource);
function timeSource(args) {
	const hhmm = `(?:[01]\\d|2[0-3]):[0-5]\\d`;
	return typeof args.precision === "number" ? args.precision === -1 ? `${hhmm}` : args.precision === 0 ? `${hhmm}:[0-5]\\d` : `${hhmm}:[0-5]\\d\\.\\d{${args.precision}}` : args.seconds ? `${hhmm}:[0-5]\\d(?:\\.\\d+)?` : `${hhmm}(?::[0-5]\\d(?:\\.\\d+)?)?`;
}
function time(args) {
	return new RegExp(`^${timeSource(args)}$`);
}
function datetime(args) {
	const opts = ["Z"];
	if (args.offset) opts.push(`([+-](?:[01]\\d|2[0-3]):[0-5]\\d)`);
	const qualified = `${timeSource({
		precision: args.precision,
		seconds: true
	})}(?:${opts.join("|")})`;
	const timeRegex = args.local ? `${qualified}|${timeSource({ precision: args.precision })}` : qualified;
	return new RegExp(`^${dateSource}T(?:${timeRegex})$`);
}
const anyString = /^[\s\S]{0,}$/;
const integer = /^-?\d+$/;
const number$2 = /^-?\d+(?:\.\d+)?$/;
const boolean$1 = /^(?:true|false)$/i;
const _null$2 = /^null$/i;
const lowercase = /^[^A-Z]*$/;
const uppercase = /^[^a-z]*$/;

const $ZodCheck = /*@__PURE__*/ $constructor("$ZodCheck", (inst, def) => {
	var _a;
	inst._zod ?? (inst._zod = {});
	inst._zod.def = def;
	(_a = inst._zod).onattach ?? (_a.onattach = []);
});
const _whenHasLength = (payload) => {
	const val = payload.value;
	return !nullish(val) && val.length !== void 0;
};
const numericOriginMap = {
	number: "number",
	bigint: "bigint",
	object: "date"
};
const $ZodCheckLessThan = /*@__PURE__*/ $constructor("$ZodCheckLessThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value <= def.value : payload.value < def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_big",
			maximum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckGreaterThan = /*@__PURE__*/ $constructor("$ZodCheckGreaterThan", (inst, def) => {
	$ZodCheck.init(inst, def);
	const origin = numericOriginMap[typeof def.value];
	inst._zod.check = (payload) => {
		if (def.inclusive ? payload.value >= def.value : payload.value > def.value) return;
		payload.issues.push({
			origin: numericOriginMap[typeof payload.value] ?? origin,
			code: "too_small",
			minimum: typeof def.value === "object" ? def.value.getTime() : def.value,
			input: payload.value,
			inclusive: def.inclusive,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMultipleOf = /*@__PURE__*/ $constructor("$ZodCheckMultipleOf", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		if (typeof payload.value !== typeof def.value) throw new Error("Cannot mix number and bigint in multiple_of check.");
		if (typeof payload.value === "bigint" ? def.value !== BigInt(0) && payload.value % def.value === BigInt(0) : floatSafeRemainder(payload.value, def.value) === 0) return;
		payload.issues.push({
			origin: typeof payload.value,
			code: "not_multiple_of",
			divisor: def.value,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckNumberFormat = /*@__PURE__*/ $constructor("$ZodCheckNumberFormat", (inst, def) => {
	$ZodCheck.init(inst, def);
	def.format = def.format || "float64";
	const isInt = def.format?.includes("int");
	const origin = isInt ? "int" : "number";
	const [minimum, maximum] = NUMBER_FORMAT_RANGES[def.format];
	inst._zod.check = (payload) => {
		const input = payload.value;
		if (isInt) {
			if (!Number.isInteger(input)) {
				payload.issues.push({
					expected: origin,
					format: def.format,
					code: "invalid_type",
					continue: false,
					input,
					inst
				});
				return;
			}
			if (!Number.isSafeInteger(input)) {
				if (input > 0) payload.issues.push({
					input,
					code: "too_big",
					maximum: Number.MAX_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				else payload.issues.push({
					input,
					code: "too_small",
					minimum: Number.MIN_SAFE_INTEGER,
					note: "Integers must be within the safe integer range.",
					inst,
					origin,
					inclusive: true,
					continue: !def.abort
				});
				return;
			}
		}
		if (input < minimum) payload.issues.push({
			origin: "number",
			input,
			code: "too_small",
			minimum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
		if (input > maximum) payload.issues.push({
			origin: "number",
			input,
			code: "too_big",
			maximum,
			inclusive: true,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMaxLength = /*@__PURE__*/ $constructor("$ZodCheckMaxLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units > def.maximum ? codePointLength(input) : units) <= def.maximum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_big",
			maximum: def.maximum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckMinLength = /*@__PURE__*/ $constructor("$ZodCheckMinLength", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		if ((typeof input === "string" && units >= def.minimum && units < def.minimum * 2 ? codePointLength(input) : units) >= def.minimum) return;
		const origin = getLengthableOrigin(input);
		payload.issues.push({
			origin,
			code: "too_small",
			minimum: def.minimum,
			inclusive: true,
			input,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLengthEquals = /*@__PURE__*/ $constructor("$ZodCheckLengthEquals", (inst, def) => {
	var _a;
	$ZodCheck.init(inst, def);
	(_a = inst._zod.def).when ?? (_a.when = _whenHasLength);
	inst._zod.check = (payload) => {
		const input = payload.value;
		const units = input.length;
		const length = typeof input === "string" && units >= def.length && units <= def.length * 2 ? codePointLength(input) : units;
		if (length === def.length) return;
		const origin = getLengthableOrigin(input);
		const tooBig = length > def.length;
		payload.issues.push({
			origin,
			...tooBig ? {
				code: "too_big",
				maximum: def.length
			} : {
				code: "too_small",
				minimum: def.length
			},
			inclusive: true,
			exact: true,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStringFormat = /*@__PURE__*/ $constructor("$ZodCheckStringFormat", (inst, def) => {
	var _a, _b;
	$ZodCheck.init(inst, def);
	if (def.pattern) (_a = inst._zod).check ?? (_a.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: def.format,
			input: payload.value,
			...def.pattern ? { pattern: def.pattern.toString() } : {},
			inst,
			continue: !def.abort
		});
	});
	else (_b = inst._zod).check ?? (_b.check = () => {});
});
const $ZodCheckRegex = /*@__PURE__*/ $constructor("$ZodCheckRegex", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		def.pattern.lastIndex = 0;
		if (def.pattern.test(payload.value)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "regex",
			input: payload.value,
			pattern: def.pattern.toString(),
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckLowerCase = /*@__PURE__*/ $constructor("$ZodCheckLowerCase", (inst, def) => {
	def.pattern ?? (def.pattern = lowercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckUpperCase = /*@__PURE__*/ $constructor("$ZodCheckUpperCase", (inst, def) => {
	def.pattern ?? (def.pattern = uppercase);
	$ZodCheckStringFormat.init(inst, def);
});
const $ZodCheckIncludes = /*@__PURE__*/ $constructor("$ZodCheckIncludes", (inst, def) => {
	$ZodCheck.init(inst, def);
	const escapedRegex = escapeRegex(def.includes);
	def.pattern = new RegExp(typeof def.position === "number" ? `^.{${def.position},}${escapedRegex}` : escapedRegex);
	inst._zod.check = (payload) => {
		if (payload.value.includes(def.includes, def.position)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "includes",
			includes: def.includes,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckStartsWith = /*@__PURE__*/ $constructor("$ZodCheckStartsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`^${escapeRegex(def.prefix)}.*`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.startsWith(def.prefix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "starts_with",
			prefix: def.prefix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckEndsWith = /*@__PURE__*/ $constructor("$ZodCheckEndsWith", (inst, def) => {
	$ZodCheck.init(inst, def);
	const pattern = new RegExp(`.*${escapeRegex(def.suffix)}$`);
	def.pattern ?? (def.pattern = pattern);
	inst._zod.check = (payload) => {
		if (payload.value.endsWith(def.suffix)) return;
		payload.issues.push({
			origin: "string",
			code: "invalid_format",
			format: "ends_with",
			suffix: def.suffix,
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCheckOverwrite = /*@__PURE__*/ $constructor("$ZodCheckOverwrite", (inst, def) => {
	$ZodCheck.init(inst, def);
	inst._zod.check = (payload) => {
		payload.value = def.tx(payload.value);
	};
});

var Doc = class {
	constructor(args = [], closed = {}) {
		this.content = [];
		this.indent = 0;
		this.args = args;
		this.closed = closed;
	}
	indented(fn) {
		this.indent += 1;
		try {
			fn(this);
		} finally {
			this.indent -= 1;
		}
	}
	write(arg) {
		if (typeof arg === "function") {
			arg(this, { execution: "sync" });
			arg(this, { execution: "async" });
			return;
		}
		const lines = arg.split("\n").filter((x) => x);
		const minIndent = Math.min(...lines.map((x) => x.length - x.trimStart().length));
		const dedented = lines.map((x) => x.slice(minIndent)).map((x) => " ".repeat(this.indent * 2) + x);
		for (const line of dedented) this.content.push(line);
	}
	compile() {
		const F = Function;
		const content = this?.content ?? [``];
		return new F(...Object.keys(this.closed), `return function (${this.args.join(", ")}) {\n${content.join("\n")}\n};`)(...Object.values(this.closed));
	}
};

const version = {
	major: 4,
	minor: 6,
	patch: 7
};

const $ZodType = /*@__PURE__*/ $constructor("$ZodType", (inst, def) => {
	var _a;
	inst ?? (inst = {});
	inst._zod.def = def;
	inst._zod.bag = inst._zod.bag || {};
	inst._zod.version = version;
	const defChecks = inst._zod.def.checks;
	const checks = inst._zod.traits.has("$ZodCheck") ? [inst, ...defChecks ?? []] : defChecks?.length ? [...defChecks] : [];
	for (const ch of checks) for (const fn of ch._zod.onattach) fn(inst);
	if (checks.length === 0) {
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred?.push(() => {
			inst._zod.run = inst._zod.parse;
		});
	} else {
		const runChecks = (payload, checks, ctx) => {
			if (payload.memo) return payload;
			let isAborted = aborted(payload);
			let asyncResult;
			for (const ch of checks) {
				if (ch._zod.def.when) {
					if (explicitlyAborted(payload)) continue;
					if (!ch._zod.def.when(payload)) continue;
				} else if (isAborted) continue;
				const currLen = payload.issues.length;
				const _ = ch._zod.check(payload);
				if (_ instanceof Promise && ctx?.async === false) throw new $ZodAsyncError();
				if (asyncResult || _ instanceof Promise) asyncResult = (asyncResult ?? Promise.resolve()).then(async () => {
					await _;
					if (payload.issues.length === currLen) return;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				});
				else {
					if (payload.issues.length === currLen) continue;
					attachSchema(payload.issues, currLen, inst);
					if (!isAborted) isAborted = aborted(payload, currLen);
				}
			}
			if (asyncResult) return asyncResult.then(() => {
				return payload;
			});
			return payload;
		};
		const handleCanaryResult = (canary, payload, ctx) => {
			if (aborted(canary)) {
				canary.aborted = true;
				return canary;
			}
			const checkResult = runChecks(payload, checks, ctx);
			if (checkResult instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return checkResult.then((checkResult) => inst._zod.parse(checkResult, ctx));
			}
			return inst._zod.parse(checkResult, ctx);
		};
		inst._zod.run = (payload, ctx) => {
			if (ctx.skipChecks) return inst._zod.parse(payload, ctx);
			if (ctx.direction === "backward") {
				const canary = inst._zod.parse({
					value: payload.value,
					issues: []
				}, {
					...ctx,
					skipChecks: true
				});
				if (canary instanceof Promise) return canary.then((canary) => {
					return handleCanaryResult(canary, payload, ctx);
				});
				return handleCanaryResult(canary, payload, ctx);
			}
			const result = inst._zod.parse(payload, ctx);
			if (result instanceof Promise) {
				if (ctx.async === false) throw new $ZodAsyncError();
				return result.then((result) => runChecks(result, checks, ctx));
			}
			return runChecks(result, checks, ctx);
		};
	}
}, {
	get "~standard"() {
		return hide(this, "~standard", standardProps(this));
	},
	set "~standard"(value) {
		own$1(this, "~standard", value);
	}
});
const toStandardResult = (r, ctx) => r.issues.length ? { issues: r.issues.map((iss) => finalizeIssue(iss, ctx, config$1())) } : { value: r.value };
async function validateAsync(inst, value) {
	const ctx = { async: true };
	return toStandardResult(await inst._zod.run({
		value,
		issues: []
	}, ctx), ctx);
}
function standardProps(inst) {
	return {
		validate: (value) => {
			const ctx = { async: false };
			try {
				const r = inst._zod.run({
					value,
					issues: []
				}, ctx);
				if (!(r instanceof Promise)) return toStandardResult(r, ctx);
			} catch (_) {}
			return validateAsync(inst, value);
		},
		vendor: "zod",
		version: 1
	};
}
const $ZodString = /*@__PURE__*/ $constructor("$ZodString", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = def.pattern ?? anyString;
	inst._zod.parse = (payload, _) => {
		if (def.coerce) try {
			payload.value = String(payload.value);
		} catch (_) {}
		if (typeof payload.value === "string") return payload;
		payload.issues.push({
			expected: "string",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
const $ZodStringFormat = /*@__PURE__*/ $constructor("$ZodStringFormat", (inst, def) => {
	$ZodCheckStringFormat.init(inst, def);
	$ZodString.init(inst, def);
});
const $ZodGUID = /*@__PURE__*/ $constructor("$ZodGUID", (inst, def) => {
	def.pattern ?? (def.pattern = guid);
	$ZodStringFormat.init(inst, def);
});
const $ZodUUID = /*@__PURE__*/ $constructor("$ZodUUID", (inst, def) => {
	if (def.version) {
		const v = {
			v1: 1,
			v2: 2,
			v3: 3,
			v4: 4,
			v5: 5,
			v6: 6,
			v7: 7,
			v8: 8
		}[def.version];
		if (v === void 0) throw new Error(`Invalid UUID version: "${def.version}"`);
		def.pattern ?? (def.pattern = uuid(v));
	} else def.pattern ?? (def.pattern = uuid());
	$ZodStringFormat.init(inst, def);
});
const $ZodEmail = /*@__PURE__*/ $constructor("$ZodEmail", (inst, def) => {
	def.pattern ?? (def.pattern = email);
	$ZodStringFormat.init(inst, def);
});
const URL_BAD_FORMAT = 1;
const URL_UNPARSEABLE = 2;
function canParseURL(input) {
	try {
		if (typeof URL !== "undefined" && typeof URL.canParse === "function") return URL.canParse(input);
		new URL(input);
		return true;
	} catch {
		return false;
	}
}
function validateURL(trimmed, def) {
	if (!("normalize" in def) && !("hostname" in def) && !("protocol" in def)) return canParseURL(trimmed) || 2;
	return parseURLObject(trimmed, def);
}
function parseURLObject(trimmed, def) {
	if (!def.normalize && def.protocol?.source === httpProtocol.source && !/^https?:\/\//i.test(trimmed)) return 1;
	try {
		if (typeof URL !== "undefined") {
			const URLStatic = URL;
			if (typeof URLStatic.parse === "function") return URLStatic.parse(trimmed) ?? 2;
		}
		return new URL(trimmed);
	} catch {
		return 2;
	}
}
const asciiTabOrNewline = /[\t\n\r]/g;
function stripTabAndNewline(value) {
	return value.replace(asciiTabOrNewline, "");
}
function urlHostnameOk(url, hostname) {
	hostname.lastIndex = 0;
	return hostname.test(url.hostname);
}
function urlProtocolOk(url, protocol) {
	protocol.lastIndex = 0;
	return protocol.test(url.protocol.endsWith(":") ? url.protocol.slice(0, -1) : url.protocol);
}
const $ZodURL = /*@__PURE__*/ $constructor("$ZodURL", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		try {
			const trimmed = payload.value.trim();
			const url = validateURL(trimmed, def);
			if (url === 1) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					note: "Invalid URL format",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === 2) {
				payload.issues.push({
					code: "invalid_format",
					format: "url",
					input: payload.value,
					inst,
					continue: !def.abort
				});
				return;
			}
			if (url === true) {
				payload.value = stripTabAndNewline(trimmed);
				return;
			}
			if (def.hostname && !urlHostnameOk(url, def.hostname)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid hostname",
				pattern: def.hostname.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			if (def.protocol && !urlProtocolOk(url, def.protocol)) payload.issues.push({
				code: "invalid_format",
				format: "url",
				note: "Invalid protocol",
				pattern: def.protocol.source,
				input: payload.value,
				inst,
				continue: !def.abort
			});
			payload.value = def.normalize ? url.href : stripTabAndNewline(trimmed);
			return;
		} catch (_) {
			payload.issues.push({
				code: "invalid_format",
				format: "url",
				input: payload.value,
				inst,
				continue: !def.abort
			});
		}
	};
});
const $ZodEmoji = /*@__PURE__*/ $constructor("$ZodEmoji", (inst, def) => {
	def.pattern ?? (def.pattern = emoji());
	$ZodStringFormat.init(inst, def);
});
const $ZodNanoID = /*@__PURE__*/ $constructor("$ZodNanoID", (inst, def) => {
	if (def.length !== void 0 && (!Number.isInteger(def.length) || def.length < 1)) throw new Error(`Invalid nanoid length: ${def.length}`);
	def.pattern ?? (def.pattern = def.length === void 0 ? nanoid : nanoidOfLength(def.length));
	$ZodStringFormat.init(inst, def);
});
const $ZodCUID = /*@__PURE__*/ $constructor("$ZodCUID", (inst, def) => {
	def.pattern ?? (def.pattern = cuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodCUID2 = /*@__PURE__*/ $constructor("$ZodCUID2", (inst, def) => {
	def.pattern ?? (def.pattern = cuid2);
	$ZodStringFormat.init(inst, def);
});
const $ZodULID = /*@__PURE__*/ $constructor("$ZodULID", (inst, def) => {
	def.pattern ?? (def.pattern = ulid);
	$ZodStringFormat.init(inst, def);
});
const $ZodXID = /*@__PURE__*/ $constructor("$ZodXID", (inst, def) => {
	def.pattern ?? (def.pattern = xid);
	$ZodStringFormat.init(inst, def);
});
const $ZodKSUID = /*@__PURE__*/ $constructor("$ZodKSUID", (inst, def) => {
	def.pattern ?? (def.pattern = ksuid);
	$ZodStringFormat.init(inst, def);
});
const $ZodISODateTime = /*@__PURE__*/ $constructor("$ZodISODateTime", (inst, def) => {
	def.pattern ?? (def.pattern = datetime(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODate = /*@__PURE__*/ $constructor("$ZodISODate", (inst, def) => {
	def.pattern ?? (def.pattern = date);
	$ZodStringFormat.init(inst, def);
});
const $ZodISOTime = /*@__PURE__*/ $constructor("$ZodISOTime", (inst, def) => {
	def.pattern ?? (def.pattern = time(def));
	$ZodStringFormat.init(inst, def);
});
const $ZodISODuration = /*@__PURE__*/ $constructor("$ZodISODuration", (inst, def) => {
	def.pattern ?? (def.pattern = duration);
	$ZodStringFormat.init(inst, def);
});
const $ZodIPv4 = /*@__PURE__*/ $constructor("$ZodIPv4", (inst, def) => {
	def.pattern ?? (def.pattern = ipv4);
	$ZodStringFormat.init(inst, def);
});
const ipv6Alphabet = /^[0-9a-fA-F:.]+$/;
function isValidIPv6(value) {
	if (!ipv6Alphabet.test(value)) return false;
	return canParseURL(`http://[${value}]`);
}
const $ZodIPv6 = /*@__PURE__*/ $constructor("$ZodIPv6", (inst, def) => {
	def.pattern ?? (def.pattern = ipv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidIPv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "ipv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodCIDRv4 = /*@__PURE__*/ $constructor("$ZodCIDRv4", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv4);
	$ZodStringFormat.init(inst, def);
});
function isValidCIDRv6(value) {
	const parts = value.split("/");
	if (parts.length !== 2) return false;
	const [address, prefix] = parts;
	if (!prefix) return false;
	const prefixNum = Number(prefix);
	if (`${prefixNum}` !== prefix) return false;
	if (prefixNum < 0 || prefixNum > 128) return false;
	return isValidIPv6(address);
}
const $ZodCIDRv6 = /*@__PURE__*/ $constructor("$ZodCIDRv6", (inst, def) => {
	def.pattern ?? (def.pattern = cidrv6);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (!isValidCIDRv6(payload.value)) payload.issues.push({
			code: "invalid_format",
			format: "cidrv6",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
function isValidBase64(data) {
	if (data === "") return true;
	if (/\s/.test(data)) return false;
	if (data.length % 4 !== 0) return false;
	try {
		atob(data);
		return true;
	} catch {
		return false;
	}
}
const base64Charset = /^[0-9a-zA-Z+/]*={0,2}$/;
const $ZodBase64 = /*@__PURE__*/ $constructor("$ZodBase64", (inst, def) => {
	def.pattern ?? (def.pattern = base64Charset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const base64urlCharset = /^[A-Za-z0-9_-]*$/;
function isValidBase64URL(data) {
	if (!base64urlCharset.test(data)) return false;
	const base64 = data.replace(/[-_]/g, (c) => c === "-" ? "+" : "/");
	return isValidBase64(base64.padEnd(Math.ceil(base64.length / 4) * 4, "="));
}
const $ZodBase64URL = /*@__PURE__*/ $constructor("$ZodBase64URL", (inst, def) => {
	def.pattern ?? (def.pattern = base64urlCharset);
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidBase64URL(payload.value)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "base64url",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodE164 = /*@__PURE__*/ $constructor("$ZodE164", (inst, def) => {
	def.pattern ?? (def.pattern = e164);
	$ZodStringFormat.init(inst, def);
});
function isValidJWT(token, algorithm = null) {
	try {
		const tokensParts = token.split(".");
		if (tokensParts.length !== 3) return false;
		const [header] = tokensParts;
		if (!header) return false;
		const parsedHeader = JSON.parse(atob(header));
		if ("typ" in parsedHeader && parsedHeader?.typ !== "JWT") return false;
		if (!parsedHeader.alg) return false;
		if (algorithm && (!("alg" in parsedHeader) || parsedHeader.alg !== algorithm)) return false;
		return true;
	} catch {
		return false;
	}
}
const $ZodJWT = /*@__PURE__*/ $constructor("$ZodJWT", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	inst._zod.check = (payload) => {
		if (isValidJWT(payload.value, def.alg)) return;
		payload.issues.push({
			code: "invalid_format",
			format: "jwt",
			input: payload.value,
			inst,
			continue: !def.abort
		});
	};
});
const $ZodNumber = /*@__PURE__*/ $constructor("$ZodNumber", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = number$2;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Number(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "number" && !Number.isNaN(input) && Number.isFinite(input)) return payload;
		const received = typeof input === "number" ? Number.isNaN(input) ? "NaN" : !Number.isFinite(input) ? String(input) : void 0 : void 0;
		payload.issues.push({
			expected: "number",
			code: "invalid_type",
			input,
			inst,
			...received ? { received } : {}
		});
		return payload;
	};
});
const $ZodNumberFormat = /*@__PURE__*/ $constructor("$ZodNumberFormat", (inst, def) => {
	$ZodCheckNumberFormat.init(inst, def);
	$ZodNumber.init(inst, def);
});
const $ZodBoolean = /*@__PURE__*/ $constructor("$ZodBoolean", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = boolean$1;
	inst._zod.parse = (payload, _ctx) => {
		if (def.coerce) try {
			payload.value = Boolean(payload.value);
		} catch (_) {}
		const input = payload.value;
		if (typeof input === "boolean") return payload;
		payload.issues.push({
			expected: "boolean",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodNull = /*@__PURE__*/ $constructor("$ZodNull", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.pattern = _null$2;
	inst._zod.values = /* @__PURE__ */ new Set([null]);
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (input === null) return payload;
		payload.issues.push({
			expected: "null",
			code: "invalid_type",
			input,
			inst
		});
		return payload;
	};
});
const $ZodUnknown = /*@__PURE__*/ $constructor("$ZodUnknown", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload) => payload;
});
const $ZodNever = /*@__PURE__*/ $constructor("$ZodNever", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _ctx) => {
		payload.issues.push({
			expected: "never",
			code: "invalid_type",
			input: payload.value,
			inst
		});
		return payload;
	};
});
function capSize(inst, size) {
	const caps = sizeCaps(inst._zod.def.checks);
	if (!caps.length) return;
	const cap = Math.min(...caps.map((c) => c[0]));
	const parse = inst._zod.parse;
	inst._zod.parse = (payload, ctx) => {
		const n = size(payload.value);
		if (n > cap && !ctx?.skipChecks && ctx?.direction !== "backward") {
			for (const [max, ch] of sizeCaps(inst._zod.def.checks)) if (n > max && ch._zod.def.when(payload)) {
				const start = payload.issues.length;
				ch._zod.check(payload);
				payload.issues[start].continue = false;
				attachSchema(payload.issues, start, inst);
				return payload;
			}
		}
		return parse(payload, ctx);
	};
}
const arraySize = (input) => Array.isArray(input) ? input.length : -1;
function handleArrayResult(result, final, index) {
	if (result.issues.length) final.issues.push(...prefixIssues(index, result.issues));
	final.value[index] = result.value;
}
const $ZodArray = /*@__PURE__*/ $constructor("$ZodArray", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!Array.isArray(input)) {
			payload.issues.push({
				expected: "array",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, Array(input.length), ctx) : Array(input.length);
		const proms = [];
		const abortEarly = ctx?.abortEarly;
		for (let i = 0; i < input.length; i++) {
			const item = input[i];
			const result = def.element._zod.run({
				value: item,
				issues: []
			}, ctx);
			if (result instanceof Promise) proms.push(result.then((result) => handleArrayResult(result, payload, i)));
			else {
				handleArrayResult(result, payload, i);
				if (abortEarly && result.issues.length !== 0 && aborted(result)) break;
			}
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
	capSize(inst, arraySize);
});
function handlePropertyResult(result, final, key, input, optin, optout) {
	const isPresent = key in input;
	const isOptionalOut = optout === "optional";
	if (!isPresent && isOptionalOut && optin === "optional") return;
	if (result.issues.length) {
		if (optin !== void 0 && isOptionalOut && !isPresent) return;
		final.issues.push(...prefixIssues(key, result.issues));
	}
	if (!isPresent && optin === void 0) {
		if (!result.issues.length) final.issues.push({
			code: "invalid_type",
			expected: "nonoptional",
			input: void 0,
			path: [key]
		});
		return;
	}
	if (result.value === void 0) {
		if (isPresent || optin === "defaulted" && !isOptionalOut) final.value[key] = void 0;
	} else final.value[key] = result.value;
}
const NO_SYMBOL_KEYS = [];
function normalizeDef(def) {
	const keys = Object.keys(def.shape);
	const ownSymbols = Object.getOwnPropertySymbols(def.shape);
	const symbolKeys = ownSymbols.length ? ownSymbols : NO_SYMBOL_KEYS;
	const allKeys = symbolKeys.length ? [...keys, ...symbolKeys] : keys;
	for (const k of allKeys) if (!def.shape?.[k]?._zod?.traits?.has("$ZodType")) throw new Error(`Invalid element at key "${String(k)}": expected a Zod schema`);
	const okeys = optionalKeys(def.shape);
	return {
		...def,
		allKeys,
		symbolKeys,
		keySet: new Set(keys),
		numKeys: keys.length,
		optionalKeys: new Set(okeys)
	};
}
function handleCatchall(proms, input, payload, ctx, def, inst, abortEarly) {
	const unrecognized = [];
	const keySet = def.keySet;
	const _catchall = def.catchall._zod;
	const t = _catchall.def.type;
	const optin = _catchall.optin;
	const optout = _catchall.optout;
	let seen = 0;
	for (const key in input) {
		if (abortEarly && payload.issues.length !== seen) {
			if (aborted(payload, seen)) break;
			seen = payload.issues.length;
		}
		if (keySet.has(key)) continue;
		if (key === "__proto__") {
			if (t === "never") unrecognized.push(key);
			continue;
		}
		if (t === "never") {
			unrecognized.push(key);
			continue;
		}
		const r = _catchall.run({
			value: input[key],
			issues: []
		}, ctx);
		if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
		else handlePropertyResult(r, payload, key, input, optin, optout);
	}
	if (unrecognized.length) payload.issues.push({
		code: "unrecognized_keys",
		keys: unrecognized,
		input,
		inst,
		continue: true
	});
	if (!proms.length) return payload;
	return Promise.all(proms).then(() => {
		return payload;
	});
}
const $ZodObject = /*@__PURE__*/ $constructor("$ZodObject", (inst, def) => {
	$ZodType.init(inst, def);
	const desc = Object.getOwnPropertyDescriptor(def, "shape");
	const sh = desc?.get ? desc.get.raw : def.shape ?? {};
	if (sh) {
		const get = () => {
			const newSh = { ...sh };
			Object.defineProperty(def, "shape", { value: newSh });
			get.raw = newSh;
			return newSh;
		};
		get.raw = sh;
		Object.defineProperty(def, "shape", { get });
	}
	const _normalized = cached(() => normalizeDef(def));
	defineLazyInternal(inst, "propValues", (zod) => {
		const shape = zod.def.shape;
		const propValues = {};
		for (const key in shape) {
			const field = shape[key]._zod;
			if (field.values) {
				if (!Object.prototype.hasOwnProperty.call(propValues, key)) assignProp(propValues, key, /* @__PURE__ */ new Set());
				for (const v of field.values) propValues[key].add(v);
				if (field.optin !== void 0) propValues[key].add(void 0);
			}
		}
		return propValues;
	});
	const isObject = isObject$1;
	const catchall = def.catchall;
	let value;
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
		const proms = [];
		const shape = value.shape;
		const abortEarly = ctx?.abortEarly;
		let seen = payload.issues.length;
		for (const key of value.allKeys) {
			if (abortEarly && payload.issues.length !== seen) {
				if (aborted(payload, seen)) break;
				seen = payload.issues.length;
			}
			if (key === "__proto__") continue;
			const el = shape[key];
			const optin = el._zod.optin;
			const optout = el._zod.optout;
			const r = el._zod.run({
				value: input[key],
				issues: []
			}, ctx);
			if (r instanceof Promise) proms.push(r.then((r) => handlePropertyResult(r, payload, key, input, optin, optout)));
			else handlePropertyResult(r, payload, key, input, optin, optout);
		}
		if (!catchall) return proms.length ? Promise.all(proms).then(() => payload) : payload;
		return handleCatchall(proms, input, payload, ctx, _normalized.value, inst, abortEarly === true);
	};
});
const $ZodObjectJIT = /*@__PURE__*/ $constructor("$ZodObjectJIT", (inst, def) => {
	$ZodObject.init(inst, def);
	const superParse = inst._zod.parse;
	const _normalized = cached(() => normalizeDef(def));
	const memo = globalConfig.memoizer;
	const generateFastpass = (shape) => {
		const normalized = _normalized.value;
		const syms = normalized.symbolKeys;
		const doc = new Doc(["payload", "ctx"], {
			shape,
			inst,
			memo,
			syms
		});
		const parseStr = (k) => `shape[${k}]._zod.run({ value: input[${k}], issues: [] }, ctx)`;
		const prefixStr = (id, k) => `
          let ${id}_ab = false;
          for (let i = 0; i < ${id}.issues.length; i++) {
            const iss = ${id}.issues[i];
            iss.path = iss.path ? [${k}, ...iss.path] : [${k}];
            payload.issues.push(iss);
            if (iss.continue !== true) ${id}_ab = true;
          }
          if (${id}_ab && ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }`;
		doc.write(`const input = payload.value;`);
		const ids = Object.create(null);
		let counter = 0;
		for (const key of normalized.allKeys) ids[key] = `key_${counter++}`;
		doc.write(memo ? `const newResult = memo.alloc(inst, payload, {}, ctx);` : `const newResult = {};`);
		for (const key of normalized.allKeys) {
			if (key === "__proto__") continue;
			const id = ids[key];
			const k = typeof key === "symbol" ? `syms[${syms.indexOf(key)}]` : esc(key);
			const isPresent = `${k} in input`;
			const schema = shape[key];
			const optin = schema?._zod?.optin;
			const isOptionalIn = optin !== void 0;
			const isOptionalOut = schema?._zod?.optout === "optional";
			doc.write(`const ${id} = ${parseStr(k)};`);
			if (isOptionalIn && isOptionalOut) {
				const assign = optin === "optional" ? `${id}_present` : `${id}.value !== undefined || ${id}_present`;
				doc.write(`
        const ${id}_present = ${isPresent};
        if (!${id}.issues.length || ${id}_present) {
          if (${id}.issues.length) {${prefixStr(id, k)}
          }

          if (${assign}) {
            newResult[${k}] = ${id}.value;
          }
        }

      `);
			} else if (!isOptionalIn) doc.write(`
        const ${id}_present = ${isPresent};
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
        if (!${id}_present && !${id}.issues.length) {
          payload.issues.push({
            code: "invalid_type",
            expected: "nonoptional",
            input: undefined,
            path: [${k}]
          });
          if (ctx && ctx.abortEarly) {
            payload.value = newResult;
            return payload;
          }
        }

        if (${id}_present) {
          newResult[${k}] = ${id}.value;
        }

      `);
			else {
				doc.write(`
        if (${id}.issues.length) {${prefixStr(id, k)}
        }
      `);
				if (optin === "defaulted") doc.write(`newResult[${k}] = ${id}.value;`);
				else doc.write(`
        if (${id}.value !== undefined || ${isPresent}) {
          newResult[${k}] = ${id}.value;
        }
      `);
			}
		}
		doc.write(`payload.value = newResult;`);
		doc.write(`return payload;`);
		return doc.compile();
	};
	let fastpass;
	const isObject = isObject$1;
	const jit = !globalConfig.jitless;
	const allowsEval$1 = allowsEval;
	const fastEnabled = jit && allowsEval$1.value;
	const catchall = def.catchall;
	let value;
	inst._zod.parse = (payload, ctx) => {
		value ?? (value = _normalized.value);
		const input = payload.value;
		if (!isObject(input)) {
			payload.issues.push({
				expected: "object",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		if (jit && fastEnabled && ctx?.async === false && ctx.jitless !== true) {
			if (!fastpass) fastpass = generateFastpass(def.shape);
			payload = fastpass(payload, ctx);
			if (!catchall) return payload;
			return handleCatchall([], input, payload, ctx, value, inst, ctx?.abortEarly === true);
		}
		return superParse(payload, ctx);
	};
});
function handleUnionResults(results, final, inst, ctx) {
	for (const result of results) if (result.issues.length === 0) {
		final.value = result.value;
		return final;
	}
	const nonaborted = results.filter((r) => !aborted(r));
	if (nonaborted.length === 1) {
		final.value = nonaborted[0].value;
		return nonaborted[0];
	}
	final.issues.push({
		code: "invalid_union",
		input: final.value,
		inst,
		errors: results.map((result) => result.issues.map((iss) => finalizeIssue(iss, ctx, config$1())))
	});
	return final;
}
const $ZodUnion = /*@__PURE__*/ $constructor("$ZodUnion", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.options.some((o) => o._zod.optin === "defaulted") ? "defaulted" : zod.def.options.some((o) => o._zod.optin !== void 0) ? "optional" : void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.def.options.some((o) => o._zod.optout === "optional") ? "optional" : void 0);
	defineLazyInternal(inst, "values", (zod) => {
		if (zod.def.options.every((o) => o._zod.values)) return new Set(zod.def.options.flatMap((option) => Array.from(option._zod.values)));
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		if (zod.def.options.every((o) => o._zod.pattern)) {
			const patterns = zod.def.options.map((o) => o._zod.pattern);
			return new RegExp(`^(${patterns.map((p) => cleanRegex(p.source)).join("|")})$`);
		}
	});
	const first = def.options.length === 1 ? def.options[0]._zod.run : null;
	inst._zod.parse = (payload, ctx) => {
		if (first) return first(payload, ctx);
		let async = false;
		const results = [];
		for (const option of def.options) {
			const result = option._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) {
				results.push(result);
				async = true;
			} else {
				if (result.issues.length === 0) return result;
				results.push(result);
			}
		}
		if (!async) return handleUnionResults(results, payload, inst, ctx);
		return Promise.all(results).then((results) => {
			return handleUnionResults(results, payload, inst, ctx);
		});
	};
});
function discriminatorMap(def) {
	const map = /* @__PURE__ */ new Map();
	for (const option of def.options) {
		const values = option._zod.propValues?.[def.discriminator];
		if (!values || values.size === 0) throw new Error(`Invalid discriminated union option at index "${def.options.indexOf(option)}"`);
		for (const value of values) if (map.has(value)) {
			if (value !== void 0) throw new Error(`Duplicate discriminator value "${String(value)}"`);
			map.set(value, null);
		} else map.set(value, option);
	}
	return map;
}
const $ZodDiscriminatedUnion = /*@__PURE__*/ $constructor("$ZodDiscriminatedUnion", (inst, def) => {
	def.inclusive = false;
	$ZodUnion.init(inst, def);
	const _super = inst._zod.parse;
	defineLazyInternal(inst, "propValues", (zod) => {
		const propValues = {};
		let undefinedCount = 0;
		for (const option of zod.def.options) {
			const pv = option._zod.propValues;
			if (!pv || Object.keys(pv).length === 0) throw new Error(`Invalid discriminated union option at index "${zod.def.options.indexOf(option)}"`);
			if (pv[zod.def.discriminator]?.has(void 0)) undefinedCount++;
			for (const [k, v] of Object.entries(pv)) {
				if (!Object.prototype.hasOwnProperty.call(propValues, k)) assignProp(propValues, k, /* @__PURE__ */ new Set());
				for (const val of v) propValues[k].add(val);
			}
		}
		if (!zod.def.unionFallback && undefinedCount > 1) propValues[zod.def.discriminator]?.delete(void 0);
		return propValues;
	});
	def.options.forEach((option, i) => {
		const propShape = rawShape(option._zod.def);
		if (propShape && !Object.prototype.hasOwnProperty.call(propShape, def.discriminator)) throw new Error(`Invalid discriminated union option at index "${i}"`);
	});
	const disc = cached(() => discriminatorMap(def));
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isObject$1(input)) {
			payload.issues.push({
				code: "invalid_type",
				expected: "object",
				input,
				inst
			});
			return payload;
		}
		const value = input?.[def.discriminator];
		const opt = disc.value.get(value);
		if (opt && (value !== void 0 || ctx.direction !== "backward")) return opt._zod.run(payload, ctx);
		if (def.unionFallback || ctx.direction === "backward") return _super(payload, ctx);
		payload.issues.push({
			code: "invalid_union",
			errors: [],
			note: "No matching discriminator",
			discriminator: def.discriminator,
			options: Array.from(disc.value.keys()).filter((value) => disc.value.get(value) !== null),
			input,
			path: [def.discriminator],
			inst
		});
		return payload;
	};
});
const $ZodIntersection = /*@__PURE__*/ $constructor("$ZodIntersection", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		const left = def.left._zod.run({
			value: input,
			issues: []
		}, ctx);
		const right = def.right._zod.run({
			value: input,
			issues: []
		}, ctx);
		if (left instanceof Promise || right instanceof Promise) return Promise.all([left, right]).then(([left, right]) => {
			return handleIntersectionResults(payload, left, right);
		});
		return handleIntersectionResults(payload, left, right);
	};
});
function mergeValues(a, b) {
	if (a === b) return {
		valid: true,
		data: a
	};
	if (a instanceof Date && b instanceof Date && +a === +b) return {
		valid: true,
		data: a
	};
	if (isPlainObject(a) && isPlainObject(b)) {
		const bKeys = Object.keys(b);
		const sharedKeys = Object.keys(a).filter((key) => bKeys.indexOf(key) !== -1);
		const newObj = {
			...a,
			...b
		};
		if (Object.prototype.hasOwnProperty.call(newObj, "__proto__")) delete newObj.__proto__;
		for (const key of sharedKeys) {
			if (key === "__proto__") continue;
			const sharedValue = mergeValues(a[key], b[key]);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [key, ...sharedValue.mergeErrorPath]
			};
			newObj[key] = sharedValue.data;
		}
		return {
			valid: true,
			data: newObj
		};
	}
	if (Array.isArray(a) && Array.isArray(b)) {
		if (a.length !== b.length) return {
			valid: false,
			mergeErrorPath: []
		};
		const newArray = [];
		for (let index = 0; index < a.length; index++) {
			const itemA = a[index];
			const itemB = b[index];
			const sharedValue = mergeValues(itemA, itemB);
			if (!sharedValue.valid) return {
				valid: false,
				mergeErrorPath: [index, ...sharedValue.mergeErrorPath]
			};
			newArray.push(sharedValue.data);
		}
		return {
			valid: true,
			data: newArray
		};
	}
	return {
		valid: false,
		mergeErrorPath: []
	};
}
function handleIntersectionResults(result, left, right) {
	const unrecKeys = /* @__PURE__ */ new Map();
	let unrecIssue;
	const keyIssues = /* @__PURE__ */ new Map();
	const collect = (iss, side) => {
		let keys;
		if (iss.code === "unrecognized_keys" && !iss.path?.length) {
			unrecIssue ?? (unrecIssue = iss);
			keys = iss.keys;
		} else if (iss.code === "invalid_key" && iss.origin === "record" && iss.path?.length === 1) {
			const k = String(iss.path[0]);
			if (!keyIssues.has(k)) keyIssues.set(k, iss);
			keys = [k];
		} else return false;
		for (const k of keys) {
			if (!unrecKeys.has(k)) unrecKeys.set(k, {});
			unrecKeys.get(k)[side] = true;
		}
		return true;
	};
	for (const iss of left.issues) if (!collect(iss, "l")) result.issues.push(iss);
	for (const iss of right.issues) if (!collect(iss, "r")) result.issues.push(iss);
	const bothKeys = [...unrecKeys].filter(([, f]) => f.l && f.r).map(([k]) => k);
	if (bothKeys.length) {
		const aggregated = unrecIssue ? bothKeys.filter((k) => unrecIssue.keys.includes(k)) : [];
		if (aggregated.length) result.issues.push({
			...unrecIssue,
			keys: aggregated
		});
		for (const k of bothKeys) if (!aggregated.includes(k) && keyIssues.has(k)) result.issues.push(keyIssues.get(k));
	}
	const merged = mergeValues(left.value, right.value);
	if (!merged.valid) {
		if (aborted(result)) return result;
		throw new Error(`Unmergable intersection. Error path: ${JSON.stringify(merged.mergeErrorPath)}`);
	}
	result.value = merged.data;
	return result;
}
const $ZodRecord = /*@__PURE__*/ $constructor("$ZodRecord", (inst, def) => {
	$ZodType.init(inst, def);
	const memo = globalConfig.memoizer;
	memo?.attach(inst);
	inst._zod.parse = (payload, ctx) => {
		const input = payload.value;
		if (!isPlainObject(input)) {
			payload.issues.push({
				expected: "record",
				code: "invalid_type",
				input,
				inst
			});
			return payload;
		}
		const proms = [];
		const values = def.keyType._zod.values;
		if (values && !def.partial) {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			const recordKeys = /* @__PURE__ */ new Set();
			for (const key of values) if (typeof key === "string" || typeof key === "number" || typeof key === "symbol") {
				recordKeys.add(typeof key === "number" ? key.toString() : key);
				if (key === "__proto__") continue;
				const keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (keyResult.issues.length) {
					payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config$1())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			let unrecognized;
			for (const key in input) if (!recordKeys.has(key)) {
				if (def.mode === "loose") {
					if (key === "__proto__") continue;
					payload.value[key] = input[key];
				} else {
					unrecognized = unrecognized ?? [];
					unrecognized.push(key);
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		} else {
			payload.value = memo ? memo.alloc(inst, payload, {}, ctx) : {};
			let unrecognized;
			for (const key of Reflect.ownKeys(input)) {
				if (key === "__proto__") continue;
				if (!Object.prototype.propertyIsEnumerable.call(input, key)) continue;
				let keyResult = def.keyType._zod.run({
					value: key,
					issues: []
				}, ctx);
				if (keyResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
				if (typeof key === "string" && number$2.test(key) && keyResult.issues.length) {
					const retryResult = def.keyType._zod.run({
						value: Number(key),
						issues: []
					}, ctx);
					if (retryResult instanceof Promise) throw new Error("Async schemas not supported in object keys currently");
					if (retryResult.issues.length === 0) keyResult = retryResult;
				}
				if (keyResult.issues.length) {
					if (def.mode === "loose") payload.value[key] = input[key];
					else if (values) {
						unrecognized = unrecognized ?? [];
						unrecognized.push(key);
					} else payload.issues.push({
						code: "invalid_key",
						origin: "record",
						issues: keyResult.issues.map((iss) => finalizeIssue(iss, ctx, config$1())),
						input: key,
						path: [key],
						inst
					});
					continue;
				}
				const outKey = keyResult.value;
				if (outKey === "__proto__") continue;
				const result = def.valueType._zod.run({
					value: input[key],
					issues: []
				}, ctx);
				if (result instanceof Promise) proms.push(result.then((result) => {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}));
				else {
					if (result.issues.length) payload.issues.push(...prefixIssues(key, result.issues));
					payload.value[outKey] = result.value;
				}
			}
			if (unrecognized && unrecognized.length > 0) payload.issues.push({
				code: "unrecognized_keys",
				input,
				inst,
				keys: unrecognized,
				continue: true
			});
		}
		if (proms.length) return Promise.all(proms).then(() => payload);
		return payload;
	};
});
const $ZodEnum = /*@__PURE__*/ $constructor("$ZodEnum", (inst, def) => {
	$ZodType.init(inst, def);
	const values = getEnumValues(def.entries);
	const valuesSet = new Set(values);
	inst._zod.values = valuesSet;
	defineLazyInternal(inst, "pattern", (zod) => {
		const patternValues = getEnumValues(zod.def.entries).filter((k) => propertyKeyTypes.has(typeof k));
		return new RegExp(patternValues.length ? `^(${patternValues.map((o) => escapeRegex(o.toString())).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (valuesSet.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodLiteral = /*@__PURE__*/ $constructor("$ZodLiteral", (inst, def) => {
	$ZodType.init(inst, def);
	const values = new Set(def.values);
	inst._zod.values = values;
	defineLazyInternal(inst, "pattern", (zod) => {
		const vals = zod.def.values;
		return new RegExp(vals.length ? `^(${vals.map((o) => typeof o === "string" ? escapeRegex(o) : o ? escapeRegex(o.toString()) : String(o)).join("|")})$` : "^[^\\s\\S]$");
	});
	inst._zod.parse = (payload, _ctx) => {
		const input = payload.value;
		if (values.has(input)) return payload;
		payload.issues.push({
			code: "invalid_value",
			values: def.values,
			input,
			inst
		});
		return payload;
	};
});
const $ZodTransform = /*@__PURE__*/ $constructor("$ZodTransform", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "optional";
	globalConfig.memoizer?.guard(inst);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		const _out = def.transform(payload.value, payload);
		if (ctx.async) return (_out instanceof Promise ? _out : Promise.resolve(_out)).then((output) => {
			payload.value = output;
			return payload;
		});
		if (_out instanceof Promise) throw new $ZodAsyncError();
		payload.value = _out;
		return payload;
	};
});
function handleOptionalResult(payload, result) {
	payload.value = result.issues.length ? void 0 : result.value;
	return payload;
}
const $ZodOptional = /*@__PURE__*/ $constructor("$ZodOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	inst._zod.optout = "optional";
	defineLazyInternal(inst, "values", (zod) => {
		const values = zod.def.innerType._zod.values;
		return values ? /* @__PURE__ */ new Set([...values, void 0]) : void 0;
	});
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)})?$`) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === void 0) {
			if (def.innerType._zod.optin !== "defaulted") return payload;
			const result = def.innerType._zod.run({
				value: payload.value,
				issues: []
			}, ctx);
			if (result instanceof Promise) return result.then((result) => handleOptionalResult(payload, result));
			return handleOptionalResult(payload, result);
		}
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodExactOptional = /*@__PURE__*/ $constructor("$ZodExactOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "pattern", (zod) => zod.def.innerType._zod.pattern);
	inst._zod.parse = (payload, ctx) => {
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNullable = /*@__PURE__*/ $constructor("$ZodNullable", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "pattern", (zod) => {
		const pattern = zod.def.innerType._zod.pattern;
		return pattern ? new RegExp(`^(${cleanRegex(pattern.source)}|null)$`) : void 0;
	});
	defineLazyInternal(inst, "values", (zod) => {
		return zod.def.innerType._zod.values ? /* @__PURE__ */ new Set([...zod.def.innerType._zod.values, null]) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		if (payload.value === null) return payload;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodDefault = /*@__PURE__*/ $constructor("$ZodDefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) {
			payload.value = def.defaultValue;
			return payload;
		}
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleDefaultResult(result, def));
		return handleDefaultResult(result, def);
	};
});
function handleDefaultResult(payload, def) {
	if (payload.value === void 0) payload.value = def.defaultValue;
	return payload;
}
const $ZodPrefault = /*@__PURE__*/ $constructor("$ZodPrefault", (inst, def) => {
	$ZodType.init(inst, def);
	inst._zod.optin = "defaulted";
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		if (payload.value === void 0) payload.value = def.defaultValue;
		return def.innerType._zod.run(payload, ctx);
	};
});
const $ZodNonOptional = /*@__PURE__*/ $constructor("$ZodNonOptional", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => {
		const v = zod.def.innerType._zod.values;
		return v ? new Set([...v].filter((x) => x !== void 0)) : void 0;
	});
	inst._zod.parse = (payload, ctx) => {
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then((result) => handleNonOptionalResult(result, inst));
		return handleNonOptionalResult(result, inst);
	};
});
function handleNonOptionalResult(payload, inst) {
	if (!payload.issues.length && payload.value === void 0) payload.issues.push({
		code: "invalid_type",
		expected: "nonoptional",
		input: payload.value,
		inst
	});
	return payload;
}
function handleCatchResult(payload, result, def, ctx) {
	if (!result.issues.length) {
		payload.value = result.value;
		if (result.memo) payload.memo = true;
		return payload;
	}
	payload.value = def.catchValue({
		...result,
		value: payload.value,
		error: { issues: result.issues.map((iss) => finalizeIssue(iss, ctx, config$1())) },
		input: payload.value
	});
	return payload;
}
const $ZodCatch = /*@__PURE__*/ $constructor("$ZodCatch", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType._zod.optin === "defaulted" ? "defaulted" : "optional");
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType._zod.optout);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run({
			value: payload.value,
			issues: []
		}, ctx);
		if (result instanceof Promise) return result.then((result) => handleCatchResult(payload, result, def, ctx));
		return handleCatchResult(payload, result, def, ctx);
	};
});
const $ZodPipe = /*@__PURE__*/ $constructor("$ZodPipe", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "values", (zod) => zod.def.in._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.in._zod.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.out._zod.optout);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.in._zod.propValues);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") {
			const right = def.out._zod.run(payload, ctx);
			if (right instanceof Promise) return right.then((right) => handlePipeResult(right, def.in, ctx));
			return handlePipeResult(right, def.in, ctx);
		}
		const left = def.in._zod.run(payload, ctx);
		if (left instanceof Promise) return left.then((left) => handlePipeResult(left, def.out, ctx));
		return handlePipeResult(left, def.out, ctx);
	};
});
function handlePipeResult(left, next, ctx) {
	if (left.issues.some((iss) => iss.code !== "unrecognized_keys")) {
		left.aborted = true;
		return left;
	}
	return next._zod.run({
		value: left.value,
		issues: left.issues
	}, ctx);
}
const $ZodReadonly = /*@__PURE__*/ $constructor("$ZodReadonly", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazyInternal(inst, "propValues", (zod) => zod.def.innerType._zod.propValues);
	defineLazyInternal(inst, "values", (zod) => zod.def.innerType._zod.values);
	defineLazyInternal(inst, "optin", (zod) => zod.def.innerType?._zod?.optin);
	defineLazyInternal(inst, "optout", (zod) => zod.def.innerType?._zod?.optout);
	inst._zod.parse = (payload, ctx) => {
		if (ctx.direction === "backward") return def.innerType._zod.run(payload, ctx);
		const result = def.innerType._zod.run(payload, ctx);
		if (result instanceof Promise) return result.then(handleReadonlyResult);
		return handleReadonlyResult(result);
	};
});
function handleReadonlyResult(payload) {
	if (!payload.memo) payload.value = Object.freeze(payload.value);
	return payload;
}
const $ZodLazy = /*@__PURE__*/ $constructor("$ZodLazy", (inst, def) => {
	$ZodType.init(inst, def);
	defineLazy(inst._zod, "innerType", () => {
		const d = def;
		if (!d._cachedInner) d._cachedInner = def.getter();
		return d._cachedInner;
	});
	defineLazyInternal(inst, "pattern", (zod) => zod.innerType?._zod?.pattern);
	defineLazyInternal(inst, "propValues", (zod) => zod.innerType?._zod?.propValues);
	defineLazyInternal(inst, "optin", (zod) => zod.innerType?._zod?.optin ?? void 0);
	defineLazyInternal(inst, "optout", (zod) => zod.innerType?._zod?.optout ?? void 0);
	inst._zod.parse = (payload, ctx) => {
		return inst._zod.innerType._zod.run(payload, ctx);
	};
});
const $ZodCustom = /*@__PURE__*/ $constructor("$ZodCustom", (inst, def) => {
	$ZodCheck.init(inst, def);
	$ZodType.init(inst, def);
	inst._zod.parse = (payload, _) => {
		return payload;
	};
	inst._zod.check = (payload) => {
		const input = payload.value;
		const r = def.fn(input);
		if (r instanceof Promise) return r.then((r) => handleRefineResult(r, payload, input, inst));
		handleRefineResult(r, payload, input, inst);
	};
});
function handleRefineResult(result, payload, input, inst) {
	if (!result) {
		const _iss = {
			code: "custom",
			input,
			inst,
			path: [...inst._zod.def.path ?? []],
			continue: !inst._zod.def.abort
		};
		if (inst._zod.def.params) _iss.params = inst._zod.def.params;
		payload.issues.push(issue(_iss));
	}
}

var $ZodCyclicError = class extends Error {
	constructor() {
		super(`Cannot parse a reference cycle that closes through a transform`);
		this.name = "ZodCyclicError";
	}
};
const STATE = "~memo";
const NO_ISSUES = [];
function isRef(value) {
	return value !== null && typeof value === "object";
}
function cloneIssues(issues) {
	return issues.map((iss) => iss.path ? {
		...iss,
		path: iss.path.slice()
	} : { ...iss });
}
const recursive = /*@__PURE__*/ new WeakMap();
const NONE$1 = 0;
const ASSUMED = 1;
const PROVEN = 2;
function isRecursive(inst, stack, resolve) {
	const cached = recursive.get(inst);
	if (cached !== void 0) return cached ? PROVEN : NONE$1;
	if (stack.has(inst)) return PROVEN;
	stack.add(inst);
	let result = NONE$1;
	const check = (child) => {
		if (result !== PROVEN && child?._zod) {
			const answer = isRecursive(child, stack, resolve);
			if (answer > result) result = answer;
		}
	};
	const shape = (sh, spread) => {
		let answer = NONE$1;
		for (const key of Reflect.ownKeys(sh)) {
			const desc = Object.getOwnPropertyDescriptor(sh, key);
			if (spread && !desc.enumerable) continue;
			const child = desc.get ? ASSUMED : desc.value?._zod ? isRecursive(desc.value, stack, resolve) : NONE$1;
			if (child > answer) answer = child;
		}
		return answer;
	};
	const merge = (answer) => {
		if (answer > result) result = answer;
	};
	const def = inst._zod.def;
	switch (def.type) {
		case "object": {
			const raw = rawShape(def);
			merge(raw ? shape(raw, true) : ASSUMED);
			check(def.catchall);
			break;
		}
		case "array":
			check(def.element);
			break;
		case "tuple":
			for (const el of def.items) check(el);
			check(def.rest);
			break;
		case "record":
		case "map":
			check(def.keyType);
			check(def.valueType);
			break;
		case "set":
			check(def.valueType);
			break;
		case "union":
			for (const el of def.options) check(el);
			break;
		case "intersection":
			check(def.left);
			check(def.right);
			break;
		case "optional":
		case "nullable":
		case "default":
		case "prefault":
		case "catch":
		case "readonly":
		case "nonoptional":
		case "promise":
		case "success":
			check(def.innerType);
			break;
		case "pipe":
			check(def.in);
			check(def.out);
			break;
		case "function":
			check(def.input);
			check(def.output);
			break;
		case "lazy": {
			const inner = def._cachedInner ?? (resolve ? inst._zod.innerType : void 0);
			merge(inner ? isRecursive(inner, stack, false) : ASSUMED);
			break;
		}
		case "template_literal":
		case "string":
		case "number":
		case "int":
		case "boolean":
		case "bigint":
		case "symbol":
		case "undefined":
		case "null":
		case "void":
		case "never":
		case "any":
		case "unknown":
		case "date":
		case "nan":
		case "enum":
		case "literal":
		case "file":
		case "transform":
		case "custom": break;
		default: for (const key in def) {
			const desc = Object.getOwnPropertyDescriptor(def, key);
			if (!desc || desc.get) continue;
			const value = desc.value;
			if (!value || typeof value !== "object") continue;
			if (value._zod) check(value);
			else if (Array.isArray(value)) for (const el of value) check(el);
		}
	}
	stack.delete(inst);
	return settle$1(inst, result);
}
function settle$1(inst, answer) {
	if (answer !== ASSUMED) recursive.set(inst, answer === PROVEN);
	return answer;
}
function bucketFor(state, inst) {
	let bucket = state.buckets.get(inst);
	if (!bucket) {
		bucket = /* @__PURE__ */ new WeakMap();
		state.buckets.set(inst, bucket);
	}
	return bucket;
}
let handoff;
const open = [];
const memo = {
	alloc(_inst, payload, empty) {
		const bucket = handoff;
		if (!bucket) return empty;
		handoff = void 0;
		const entry = {
			value: empty,
			issues: null
		};
		bucket.set(payload.value, entry);
		open.push(entry);
		return empty;
	},
	guard(inst) {
		var _a;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (ctx.direction !== "backward" && isBackEdge(ctx, payload.value)) throw new $ZodCyclicError();
				return base(payload, ctx);
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	},
	attach(inst) {
		var _a;
		let isRecursiveInst;
		let rechecked = false;
		let lastCtx;
		let lastBucket;
		(_a = inst._zod).deferred ?? (_a.deferred = []);
		inst._zod.deferred.push(() => {
			const base = inst._zod.parse;
			const wrapped = (payload, ctx) => {
				if (isRecursiveInst === void 0) {
					const walked = isRecursive(inst, /* @__PURE__ */ new Set(), false);
					if (walked === NONE$1) {
						inst._zod.parse = base;
						if (inst._zod.run === wrapped) inst._zod.run = base;
						return base(payload, ctx);
					}
					if (walked === PROVEN || rechecked) isRecursiveInst = true;
					else rechecked = true;
				}
				const input = payload.value;
				if (!isRef(input)) return base(payload, ctx);
				let state = ctx[STATE];
				if (!state) {
					state = {
						buckets: /* @__PURE__ */ new WeakMap(),
						backEdges: void 0
					};
					ctx[STATE] = state;
				}
				let bucket;
				if (lastCtx === ctx) bucket = lastBucket;
				else {
					bucket = bucketFor(state, inst);
					lastCtx = ctx;
					lastBucket = bucket;
				}
				const hit = bucket.get(input);
				if (hit) {
					payload.value = hit.value;
					if (hit.issues) {
						if (hit.issues.length) payload.issues.push(...cloneIssues(hit.issues));
					} else {
						payload.memo = true;
						state.backEdges ?? (state.backEdges = /* @__PURE__ */ new WeakSet());
						state.backEdges.add(hit.value);
					}
					return payload;
				}
				handoff = bucket;
				const depth = open.length;
				const result = base(payload, ctx);
				handoff = void 0;
				const entry = open.length > depth ? open.pop() : void 0;
				if (result instanceof Promise) return result.then((r) => {
					if (entry) entry.issues = r.issues.length ? cloneIssues(r.issues) : NO_ISSUES;
					return r;
				});
				if (entry) entry.issues = result.issues.length ? cloneIssues(result.issues) : NO_ISSUES;
				return result;
			};
			inst._zod.parse = wrapped;
			if (inst._zod.run === base) inst._zod.run = wrapped;
		});
	}
};
function memoizer() {
	return memo;
}
function isBackEdge(ctx, value) {
	const backEdges = ctx[STATE]?.backEdges;
	return backEdges !== void 0 && isRef(value) && backEdges.has(value);
}

const error = () => {
	const Sizable = {
		string: {
			unit: "characters",
			verb: "to have"
		},
		file: {
			unit: "bytes",
			verb: "to have"
		},
		array: {
			unit: "items",
			verb: "to have"
		},
		set: {
			unit: "items",
			verb: "to have"
		},
		map: {
			unit: "entries",
			verb: "to have"
		}
	};
	function getSizing(origin) {
		return Sizable[origin] ?? null;
	}
	const FormatDictionary = {
		regex: "input",
		email: "email address",
		url: "URL",
		emoji: "emoji",
		uuid: "UUID",
		uuidv4: "UUIDv4",
		uuidv6: "UUIDv6",
		nanoid: "nanoid",
		guid: "GUID",
		cuid: "cuid",
		cuid2: "cuid2",
		ulid: "ULID",
		xid: "XID",
		ksuid: "KSUID",
		datetime: "ISO datetime",
		date: "ISO date",
		time: "ISO time",
		duration: "ISO duration",
		ipv4: "IPv4 address",
		ipv6: "IPv6 address",
		mac: "MAC address",
		cidrv4: "IPv4 range",
		cidrv6: "IPv6 range",
		base64: "base64-encoded string",
		base64url: "base64url-encoded string",
		json_string: "JSON string",
		e164: "E.164 number",
		currency_code: "currency code",
		credit_card: "credit card number",
		iban: "IBAN",
		jwt: "JWT",
		template_literal: "input"
	};
	const TypeDictionary = { nan: "NaN" };
	function getTypeName(type, input) {
		if (type === "number" && typeof input === "number" && !Number.isFinite(input)) return String(input);
		return TypeDictionary[type] ?? type;
	}
	return (issue) => {
		switch (issue.code) {
			case "invalid_type": return `Invalid input: expected ${getTypeName(issue.expected)}, received ${getTypeName(parsedType(issue.input), issue.input)}`;
			case "invalid_value":
				if (issue.values.length === 1) return `Invalid input: expected ${stringifyPrimitive(issue.values[0])}`;
				return `Invalid option: expected one of ${joinValues(issue.values, "|")}`;
			case "too_big": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? "<=" : "<";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too big: expected ${issue.origin ?? "value"} to have ${adj}${issue.maximum.toString()} ${sizing.unit ?? "elements"}`;
				return `Too big: expected ${issue.origin ?? "value"} to be ${adj}${issue.maximum.toString()}`;
			}
			case "too_small": {
				const adj = issue.exact ? "exactly " : issue.inclusive ? ">=" : ">";
				const sizing = getSizing(issue.origin);
				if (sizing) return `Too small: expected ${issue.origin} to have ${adj}${issue.minimum.toString()} ${sizing.unit}`;
				return `Too small: expected ${issue.origin} to be ${adj}${issue.minimum.toString()}`;
			}
			case "invalid_format": {
				const _issue = issue;
				if (_issue.format === "starts_with") return `Invalid string: must start with "${_issue.prefix}"`;
				if (_issue.format === "ends_with") return `Invalid string: must end with "${_issue.suffix}"`;
				if (_issue.format === "includes") return `Invalid string: must include "${_issue.includes}"`;
				if (_issue.format === "regex") return `Invalid string: must match pattern ${_issue.pattern}`;
				return `Invalid ${FormatDictionary[_issue.format] ?? issue.format}`;
			}
			case "not_multiple_of": return `Invalid number: must be a multiple of ${issue.divisor}`;
			case "unrecognized_keys": return `Unrecognized key${issue.keys.length > 1 ? "s" : ""}: ${joinValues(issue.keys, ", ")}`;
			case "invalid_key": return `Invalid key in ${issue.origin}`;
			case "invalid_union":
				if (issue.options && Array.isArray(issue.options) && issue.options.length > 0) return `Invalid discriminator value. Expected ${issue.options.map((o) => `'${o}'`).join(" | ")}`;
				if (issue.inclusive === false) return "Invalid input: more than one option matched";
				return "Invalid input";
			case "invalid_element": return `Invalid value in ${issue.origin}`;
			default: return `Invalid input`;
		}
	};
};
function en_default() {
	return { localeError: error() };
}

var _a;
var $ZodRegistry = class {
	constructor() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
	}
	add(schema, ..._meta) {
		const meta = _meta[0];
		this._map.set(schema, meta);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.set(meta.id, schema);
		return this;
	}
	clear() {
		this._map = /* @__PURE__ */ new WeakMap();
		this._idmap = /* @__PURE__ */ new Map();
		return this;
	}
	remove(schema) {
		const meta = this._map.get(schema);
		if (meta && typeof meta === "object" && "id" in meta) this._idmap.delete(meta.id);
		this._map.delete(schema);
		return this;
	}
	get(schema) {
		const p = schema._zod.parent;
		if (p) {
			const pm = { ...this.get(p) ?? {} };
			delete pm.id;
			const f = {
				...pm,
				...this._map.get(schema)
			};
			return Object.keys(f).length ? f : void 0;
		}
		return this._map.get(schema);
	}
	has(schema) {
		return this._map.has(schema);
	}
};
function registry() {
	return new $ZodRegistry();
}
(_a = globalThis).__zod_globalRegistry ?? (_a.__zod_globalRegistry = registry());
const globalRegistry = globalThis.__zod_globalRegistry;

function snapshotChecks(def) {
	if (def.checks) def.checks = [...def.checks];
	return def;
}
// @__NO_SIDE_EFFECTS__
function _string(Class, params) {
	return new Class(snapshotChecks({
		type: "string",
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _email(Class, params) {
	return new Class({
		type: "string",
		format: "email",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _guid(Class, params) {
	return new Class({
		type: "string",
		format: "guid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuid(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv4(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v4",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv6(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v6",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uuidv7(Class, params) {
	return new Class({
		type: "string",
		format: "uuid",
		check: "string_format",
		abort: false,
		version: "v7",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _url(Class, params) {
	return new Class({
		type: "string",
		format: "url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _emoji(Class, params) {
	return new Class({
		type: "string",
		format: "emoji",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _nanoid(Class, params) {
	return new Class({
		type: "string",
		format: "nanoid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cuid(Class, params) {
	return new Class({
		type: "string",
		format: "cuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cuid2(Class, params) {
	return new Class({
		type: "string",
		format: "cuid2",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ulid(Class, params) {
	return new Class({
		type: "string",
		format: "ulid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _xid(Class, params) {
	return new Class({
		type: "string",
		format: "xid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ksuid(Class, params) {
	return new Class({
		type: "string",
		format: "ksuid",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv4(Class, params) {
	return new Class({
		type: "string",
		format: "ipv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _ipv6(Class, params) {
	return new Class({
		type: "string",
		format: "ipv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv4(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv4",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _cidrv6(Class, params) {
	return new Class({
		type: "string",
		format: "cidrv6",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64(Class, params) {
	return new Class({
		type: "string",
		format: "base64",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _base64url(Class, params) {
	return new Class({
		type: "string",
		format: "base64url",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _e164(Class, params) {
	return new Class({
		type: "string",
		format: "e164",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _jwt(Class, params) {
	return new Class({
		type: "string",
		format: "jwt",
		check: "string_format",
		abort: false,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDateTime(Class, params) {
	return new Class({
		type: "string",
		format: "datetime",
		check: "string_format",
		offset: false,
		local: false,
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDate(Class, params) {
	return new Class({
		type: "string",
		format: "date",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoTime(Class, params) {
	return new Class({
		type: "string",
		format: "time",
		check: "string_format",
		precision: null,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _isoDuration(Class, params) {
	return new Class({
		type: "string",
		format: "duration",
		check: "string_format",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _number(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		checks: [],
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _coercedNumber(Class, params) {
	return new Class(snapshotChecks({
		type: "number",
		coerce: true,
		checks: [],
		...normalizeParams(params)
	}));
}
// @__NO_SIDE_EFFECTS__
function _int(Class, params) {
	return new Class({
		type: "number",
		check: "number_format",
		abort: false,
		format: "safeint",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _boolean(Class, params) {
	return new Class({
		type: "boolean",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _null$1(Class, params) {
	return new Class({
		type: "null",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _unknown(Class) {
	return new Class({ type: "unknown" });
}
// @__NO_SIDE_EFFECTS__
function _never(Class, params) {
	return new Class({
		type: "never",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _lt(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _lte(value, params) {
	return new $ZodCheckLessThan({
		check: "less_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _gt(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: false
	});
}
// @__NO_SIDE_EFFECTS__
function _gte(value, params) {
	return new $ZodCheckGreaterThan({
		check: "greater_than",
		...normalizeParams(params),
		value,
		inclusive: true
	});
}
// @__NO_SIDE_EFFECTS__
function _multipleOf(value, params) {
	return new $ZodCheckMultipleOf({
		check: "multiple_of",
		...normalizeParams(params),
		value
	});
}
// @__NO_SIDE_EFFECTS__
function _maxLength(maximum, params) {
	return new $ZodCheckMaxLength({
		check: "max_length",
		...normalizeParams(params),
		maximum
	});
}
// @__NO_SIDE_EFFECTS__
function _minLength(minimum, params) {
	return new $ZodCheckMinLength({
		check: "min_length",
		...normalizeParams(params),
		minimum
	});
}
// @__NO_SIDE_EFFECTS__
function _length(length, params) {
	return new $ZodCheckLengthEquals({
		check: "length_equals",
		...normalizeParams(params),
		length
	});
}
// @__NO_SIDE_EFFECTS__
function _regex(pattern, params) {
	return new $ZodCheckRegex({
		check: "string_format",
		format: "regex",
		...normalizeParams(params),
		pattern
	});
}
// @__NO_SIDE_EFFECTS__
function _lowercase(params) {
	return new $ZodCheckLowerCase({
		check: "string_format",
		format: "lowercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _uppercase(params) {
	return new $ZodCheckUpperCase({
		check: "string_format",
		format: "uppercase",
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _includes(includes, params) {
	return new $ZodCheckIncludes({
		check: "string_format",
		format: "includes",
		...normalizeParams(params),
		includes
	});
}
// @__NO_SIDE_EFFECTS__
function _startsWith(prefix, params) {
	return new $ZodCheckStartsWith({
		check: "string_format",
		format: "starts_with",
		...normalizeParams(params),
		prefix
	});
}
// @__NO_SIDE_EFFECTS__
function _endsWith(suffix, params) {
	return new $ZodCheckEndsWith({
		check: "string_format",
		format: "ends_with",
		...normalizeParams(params),
		suffix
	});
}
// @__NO_SIDE_EFFECTS__
function _overwrite(tx) {
	return new $ZodCheckOverwrite({
		check: "overwrite",
		tx
	});
}
// @__NO_SIDE_EFFECTS__
function _normalize(form) {
	return /* @__PURE__ */ _overwrite((input) => input.normalize(form));
}
// @__NO_SIDE_EFFECTS__
function _trim() {
	return /* @__PURE__ */ _overwrite((input) => input.trim());
}
// @__NO_SIDE_EFFECTS__
function _toLowerCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toLowerCase());
}
// @__NO_SIDE_EFFECTS__
function _toUpperCase() {
	return /* @__PURE__ */ _overwrite((input) => input.toUpperCase());
}
// @__NO_SIDE_EFFECTS__
function _slugify() {
	return /* @__PURE__ */ _overwrite((input) => slugify(input));
}
// @__NO_SIDE_EFFECTS__
function _array(Class, element, params) {
	return new Class({
		type: "array",
		element,
		...normalizeParams(params)
	});
}
// @__NO_SIDE_EFFECTS__
function _custom(Class, fn, _params) {
	const norm = normalizeParams(_params);
	norm.abort ?? (norm.abort = true);
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...norm
	});
}
// @__NO_SIDE_EFFECTS__
function _refine(Class, fn, _params) {
	return new Class({
		type: "custom",
		check: "custom",
		fn,
		...normalizeParams(_params)
	});
}
// @__NO_SIDE_EFFECTS__
function _superRefine(fn, params) {
	const ch = /* @__PURE__ */ _check((payload) => {
		payload.addIssue = (issue$2) => {
			if (typeof issue$2 === "string") payload.issues.push(issue(issue$2, payload.value, ch._zod.def));
			else {
				const _issue = issue$2;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = ch);
				_issue.continue ?? (_issue.continue = !ch._zod.def.abort);
				payload.issues.push(issue(_issue));
			}
		};
		return fn(payload.value, payload);
	}, params);
	return ch;
}
// @__NO_SIDE_EFFECTS__
function _check(fn, params) {
	const ch = new $ZodCheck({
		check: "custom",
		...normalizeParams(params)
	});
	ch._zod.check = fn;
	return ch;
}

function assignProps(target, ...sources) {
	for (const source of sources) for (const key of Reflect.ownKeys(source)) if (Object.prototype.propertyIsEnumerable.call(source, key)) assignProp(target, key, source[key]);
	return target;
}
function initializeContext(params) {
	let target = params?.target ?? "draft-2020-12";
	if (target === "draft-4") target = "draft-04";
	if (target === "draft-7") target = "draft-07";
	return {
		processors: params.processors ?? {},
		metadataRegistry: params?.metadata ?? globalRegistry,
		target,
		unrepresentable: params?.unrepresentable ?? "throw",
		override: params?.override ?? (() => {}),
		io: params?.io ?? "output",
		counter: 0,
		seen: /* @__PURE__ */ new Map(),
		sharedDefsExtractedFor: void 0,
		sharedEmitDoneFor: void 0,
		cycles: params?.cycles ?? "ref",
		reused: params?.reused ?? "inline",
		intersections: [],
		deferred: [],
		external: params?.external ?? void 0
	};
}
function handleUnrepresentable(schema, ctx, json, params, message) {
	const result = typeof ctx.unrepresentable === "function" ? ctx.unrepresentable({
		zodSchema: schema,
		path: params.path,
		message
	}) : ctx.unrepresentable;
	if (result === "any") return false;
	if (result === void 0 || result === "throw") throw new Error(message);
	Object.assign(json, result);
	return true;
}
function processSchema(schema, ctx, _params = {
	path: [],
	schemaPath: []
}) {
	var _a;
	const def = schema._zod.def;
	const seen = ctx.seen.get(schema);
	if (seen) {
		seen.count++;
		if (_params.schemaPath.includes(schema)) seen.cycle = _params.path;
		return seen.schema;
	}
	const result = {
		schema: {},
		count: 1,
		cycle: void 0,
		path: _params.path
	};
	ctx.seen.set(schema, result);
	ctx.sharedDefsExtractedFor = void 0;
	ctx.sharedEmitDoneFor = void 0;
	const overrideSchema = schema._zod.toJSONSchema?.();
	if (overrideSchema) result.schema = overrideSchema;
	else {
		const params = {
			..._params,
			schemaPath: [..._params.schemaPath, schema],
			path: _params.path
		};
		if (schema._zod.processJSONSchema) schema._zod.processJSONSchema(ctx, result.schema, params);
		else {
			const _json = result.schema;
			const processor = ctx.processors[def.type];
			if (!processor) throw new Error(`[toJSONSchema]: Non-representable type encountered: ${def.type}`);
			processor(schema, ctx, _json, params);
		}
		const parent = schema._zod.parent;
		if (parent) {
			if (!result.ref) result.ref = parent;
			processSchema(parent, ctx, params);
			ctx.seen.get(parent).isParent = true;
		}
	}
	const meta = ctx.metadataRegistry.get(schema);
	if (meta) assignProps(result.schema, meta);
	if (ctx.io === "input" && isTransforming(schema)) {
		delete result.schema.examples;
		delete result.schema.default;
	}
	if (ctx.io === "input" && "_prefault" in result.schema) (_a = result.schema).default ?? (_a.default = result.schema._prefault);
	delete result.schema._prefault;
	return ctx.seen.get(schema).schema;
}
function encodeJSONPointerSegment(segment) {
	return segment.replace(/~/g, "~0").replace(/\//g, "~1");
}
function extractDefs(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	if (ctx.external && ctx.sharedDefsExtractedFor === ctx.external) return;
	const idToSchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.entries()) {
		const id = ctx.metadataRegistry.get(entry[0])?.id;
		if (id) {
			const existing = idToSchema.get(id);
			if (existing && existing !== entry[0]) throw new Error(`Duplicate schema id "${id}" detected during JSON Schema conversion. Two different schemas cannot share the same id when converted together.`);
			idToSchema.set(id, entry[0]);
		}
	}
	const makeURI = (entry) => {
		const defsSegment = ctx.target === "draft-2020-12" ? "$defs" : "definitions";
		if (ctx.external) {
			const externalId = ctx.external.registry.get(entry[0])?.id;
			const uriGenerator = ctx.external.uri ?? ((id) => id);
			if (externalId) return { ref: uriGenerator(externalId) };
			const id = entry[1].defId ?? entry[1].schema.id ?? `schema${ctx.counter++}`;
			entry[1].defId = id;
			return {
				defId: id,
				ref: `${uriGenerator("__shared")}#/${defsSegment}/${encodeJSONPointerSegment(id)}`
			};
		}
		const uriPrefix = `#`;
		const defUriPrefix = `${uriPrefix}/${defsSegment}/`;
		if (entry[1] === root && !entry[1].schema.id) return { ref: uriPrefix };
		const defId = entry[1].schema.id ?? `__schema${ctx.counter++}`;
		return {
			defId,
			ref: defUriPrefix + encodeJSONPointerSegment(defId)
		};
	};
	const extractToDef = (entry) => {
		if (entry[1].schema.$ref) return;
		const seen = entry[1];
		const { ref, defId } = makeURI(entry);
		seen.def = { ...seen.schema };
		if (defId) seen.defId = defId;
		const schema = seen.schema;
		for (const key in schema) delete schema[key];
		schema.$ref = ref;
	};
	if (ctx.cycles === "throw") for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.cycle) throw new Error(`Cycle detected: #/${seen.cycle?.join("/")}/<root>

Set the \`cycles\` parameter to \`"ref"\` to resolve cyclical schemas with defs.`);
	}
	for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (schema === entry[0]) {
			extractToDef(entry);
			continue;
		}
		if (ctx.external) {
			const ext = ctx.external.registry.get(entry[0])?.id;
			if (schema !== entry[0] && ext) {
				extractToDef(entry);
				continue;
			}
		}
		if (ctx.metadataRegistry.get(entry[0])?.id) {
			extractToDef(entry);
			continue;
		}
		if (seen.cycle) {
			extractToDef(entry);
			continue;
		}
		if (seen.count > 1) {
			if (ctx.reused === "ref") extractToDef(entry);
		}
	}
	if (ctx.external) ctx.sharedDefsExtractedFor = ctx.external;
}
function compactTypeUnion(schema) {
	const options = schema.anyOf;
	if (!Array.isArray(options) || options.length === 0 || schema.type !== void 0) return;
	const types = [];
	for (const option of options) {
		if (!option || typeof option !== "object") return;
		compactTypeUnion(option);
		const keys = Object.keys(option);
		if (keys.length !== 1 || keys[0] !== "type") return;
		const type = option.type;
		for (const member of Array.isArray(type) ? type : [type]) {
			if (typeof member !== "string") return;
			if (!types.includes(member)) types.push(member);
		}
	}
	delete schema.anyOf;
	schema.type = types.length === 1 ? types[0] : types;
}
const FOLDABLE_KEYS = /* @__PURE__ */ new Set([
	"type",
	"properties",
	"required",
	"additionalProperties"
]);
const UNION_KEYS = ["oneOf", "anyOf"];
function undeclaredConstraint(member) {
	const extra = member.additionalProperties;
	if (extra === void 0 || extra === false || typeof extra !== "object" || extra === null) return null;
	return Object.keys(extra).length ? extra : null;
}
function foldObjects(members) {
	const objects = [];
	for (const member of members) {
		if (typeof member !== "object" || member.type !== "object") return null;
		for (const key in member) if (!FOLDABLE_KEYS.has(key)) return null;
		objects.push(member);
	}
	const properties = {};
	const required = /* @__PURE__ */ new Set();
	for (const object of objects) {
		for (const key in object.properties) {
			if (Object.prototype.hasOwnProperty.call(properties, key)) continue;
			const parts = [];
			for (const other of objects) {
				const part = other.properties?.[key] ?? undeclaredConstraint(other);
				if (part === null || part === void 0) continue;
				if (!parts.some((seen) => JSON.stringify(seen) === JSON.stringify(part))) parts.push(part);
			}
			const merged = parts.length === 1 ? parts[0] : foldObjects(parts) ?? { allOf: parts };
			assignProp(properties, key, merged);
		}
		for (const key of object.required ?? []) required.add(key);
	}
	const folded = {
		type: "object",
		properties
	};
	if (required.size) folded.required = [...required];
	if (objects.every((object) => object.additionalProperties === false)) folded.additionalProperties = false;
	else {
		const constraints = [];
		for (const object of objects) {
			const constraint = undeclaredConstraint(object);
			if (constraint && !constraints.some((seen) => JSON.stringify(seen) === JSON.stringify(constraint))) constraints.push(constraint);
		}
		if (constraints.length === 1) folded.additionalProperties = constraints[0];
		else if (constraints.length > 1) folded.additionalProperties = { allOf: constraints };
	}
	return folded;
}
function foldIntersection(json) {
	const allOf = json.allOf;
	if (!Array.isArray(allOf) || allOf.length < 2) return;
	for (const key of FOLDABLE_KEYS) if (key in json) return;
	const unions = allOf.filter((m) => UNION_KEYS.some((k) => Array.isArray(m[k])));
	let folded = null;
	if (!unions.length) folded = foldObjects(allOf);
	else {
		const union = unions[0];
		const keyword = UNION_KEYS.find((k) => Array.isArray(union[k]));
		if (Object.keys(union).length !== 1) return;
		const rest = allOf.filter((m) => m !== union);
		const branches = union[keyword].map((branch) => foldObjects([...rest, branch]));
		if (branches.some((b) => !b)) return;
		folded = { [keyword]: branches };
	}
	if (!folded) return;
	delete json.allOf;
	assignProps(json, folded);
}
function finalize(ctx, schema) {
	const root = ctx.seen.get(schema);
	if (!root) throw new Error("Unprocessed schema. This is a bug in Zod.");
	const flattenRef = (zodSchema) => {
		const seen = ctx.seen.get(zodSchema);
		if (seen.ref === null) return;
		const schema = seen.def ?? seen.schema;
		const _cached = { ...schema };
		const ref = seen.ref;
		seen.ref = null;
		if (ref) {
			flattenRef(ref);
			const refSeen = ctx.seen.get(ref);
			const refSchema = refSeen.schema;
			if (refSchema.$ref && (ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0")) {
				schema.allOf = schema.allOf ?? [];
				schema.allOf.push(refSchema);
			} else assignProps(schema, refSchema);
			assignProps(schema, _cached);
			if (zodSchema._zod.parent === ref) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (!(key in _cached)) delete schema[key];
			}
			if (refSchema.$ref && refSeen.def) for (const key in schema) {
				if (key === "$ref" || key === "allOf") continue;
				if (key in refSeen.def && JSON.stringify(schema[key]) === JSON.stringify(refSeen.def[key])) delete schema[key];
			}
		}
		const parent = zodSchema._zod.parent;
		if (parent && parent !== ref) {
			flattenRef(parent);
			const parentSeen = ctx.seen.get(parent);
			if (parentSeen?.schema.$ref) {
				schema.$ref = parentSeen.schema.$ref;
				if (parentSeen.def) for (const key in schema) {
					if (key === "$ref" || key === "allOf") continue;
					if (key in parentSeen.def && JSON.stringify(schema[key]) === JSON.stringify(parentSeen.def[key])) delete schema[key];
				}
			}
		}
		ctx.override({
			zodSchema,
			jsonSchema: schema,
			path: seen.path ?? []
		});
	};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) {
		for (const entry of [...ctx.seen.entries()].reverse()) flattenRef(entry[0]);
		if (ctx.target !== "openapi-3.0") for (const entry of ctx.seen.entries()) compactTypeUnion(entry[1].def ?? entry[1].schema);
		for (const rewrite of ctx.deferred) rewrite();
		if (ctx.intersections.length) {
			const carriers = /* @__PURE__ */ new Map();
			for (const seen of ctx.seen.values()) for (const json of [seen.schema, seen.def]) {
				const allOf = json?.allOf;
				if (!Array.isArray(allOf)) continue;
				const existing = carriers.get(allOf);
				if (existing) existing.push(json);
				else carriers.set(allOf, [json]);
			}
			for (const allOf of ctx.intersections) for (const json of carriers.get(allOf) ?? []) foldIntersection(json);
		}
	}
	const result = {};
	if (ctx.target === "draft-2020-12") result.$schema = "https://json-schema.org/draft/2020-12/schema";
	else if (ctx.target === "draft-07") result.$schema = "http://json-schema.org/draft-07/schema#";
	else if (ctx.target === "draft-04") result.$schema = "http://json-schema.org/draft-04/schema#";
	else if (ctx.target === "openapi-3.0") {}
	if (ctx.external?.uri) {
		const id = ctx.external.registry.get(schema)?.id;
		if (!id) throw new Error("Schema is missing an `id` property");
		result.$id = ctx.external.uri(id);
	}
	assignProps(result, root.defId ? root.schema : root.def ?? root.schema);
	const rootMetaId = ctx.metadataRegistry.get(schema)?.id;
	if (rootMetaId !== void 0 && result.id === rootMetaId) delete result.id;
	const defs = ctx.external?.defs ?? {};
	if (!ctx.external || ctx.sharedEmitDoneFor !== ctx.external) for (const entry of ctx.seen.entries()) {
		const seen = entry[1];
		if (seen.def && seen.defId) {
			if (seen.def.id === seen.defId) delete seen.def.id;
			assignProp(defs, seen.defId, seen.def);
		}
	}
	if (ctx.external) ctx.sharedEmitDoneFor = ctx.external;
	if (ctx.external) {} else if (Object.keys(defs).length > 0) {
		if (ctx.target === "draft-2020-12") result.$defs = defs;
		else result.definitions = defs;
	}
	try {
		const finalized = JSON.parse(JSON.stringify(result));
		Object.defineProperty(finalized, "~standard", {
			value: {
				...schema["~standard"],
				jsonSchema: {
					input: createStandardJSONSchemaMethod(schema, "input", ctx.processors),
					output: createStandardJSONSchemaMethod(schema, "output", ctx.processors)
				}
			},
			enumerable: false,
			writable: false
		});
		return finalized;
	} catch (_err) {
		throw new Error("Error converting schema to JSON.");
	}
}
function isTransforming(_schema, _ctx) {
	const ctx = _ctx ?? { seen: /* @__PURE__ */ new Set() };
	if (ctx.seen.has(_schema)) return false;
	ctx.seen.add(_schema);
	const def = _schema._zod.def;
	if (def.type === "transform") return true;
	if (def.type === "array") return isTransforming(def.element, ctx);
	if (def.type === "set") return isTransforming(def.valueType, ctx);
	if (def.type === "lazy") return isTransforming(def.getter(), ctx);
	if (def.type === "promise" || def.type === "optional" || def.type === "nonoptional" || def.type === "nullable" || def.type === "readonly" || def.type === "default" || def.type === "prefault" || def.type === "catch") return isTransforming(def.innerType, ctx);
	if (def.type === "intersection") return isTransforming(def.left, ctx) || isTransforming(def.right, ctx);
	if (def.type === "record" || def.type === "map") return isTransforming(def.keyType, ctx) || isTransforming(def.valueType, ctx);
	if (def.type === "pipe") {
		if (_schema._zod.traits.has("$ZodCodec")) return true;
		return isTransforming(def.in, ctx) || isTransforming(def.out, ctx);
	}
	if (def.type === "object") {
		for (const key in def.shape) if (isTransforming(def.shape[key], ctx)) return true;
		return false;
	}
	if (def.type === "union") {
		for (const option of def.options) if (isTransforming(option, ctx)) return true;
		return false;
	}
	if (def.type === "tuple") {
		for (const item of def.items) if (isTransforming(item, ctx)) return true;
		if (def.rest && isTransforming(def.rest, ctx)) return true;
		return false;
	}
	return false;
}
const createToJSONSchemaMethod = (schema, processors = {}) => (params) => {
	const ctx = initializeContext({
		...params,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};
const createStandardJSONSchemaMethod = (schema, io, processors = {}) => (params) => {
	const { libraryOptions, target } = params ?? {};
	const ctx = initializeContext({
		...libraryOptions ?? {},
		target,
		io,
		processors
	});
	processSchema(schema, ctx);
	extractDefs(ctx, schema);
	return finalize(ctx, schema);
};

const narrowMin = (agg, key, value) => {
	if (agg[key] === void 0 || value > agg[key]) agg[key] = value;
};
const narrowMax = (agg, key, value) => {
	if (agg[key] === void 0 || value < agg[key]) agg[key] = value;
};
const narrowBoth = (agg, value) => {
	narrowMin(agg, "minimum", value);
	narrowMax(agg, "maximum", value);
};
const addDivisor = (agg, value) => {
	agg.multipleOf ?? (agg.multipleOf = []);
	if (!agg.multipleOf.includes(value)) agg.multipleOf.push(value);
};
const addPattern = (agg, pattern) => {
	agg.patterns ?? (agg.patterns = /* @__PURE__ */ new Set());
	agg.patterns.add(pattern);
};
const intersectMime = (agg, mime) => {
	agg.mime = agg.mime ? agg.mime.filter((m) => mime.includes(m)) : [...mime];
};
const setFormat = (agg, format) => {
	agg.format = format;
	if (format.includes("int")) agg.isInt = true;
};
const minContributor = (agg, def) => narrowMin(agg, "minimum", def.minimum);
const maxContributor = (agg, def) => narrowMax(agg, "maximum", def.maximum);
const formatContributor = (ranges) => (agg, def) => {
	setFormat(agg, def.format);
	const [minimum, maximum] = ranges[def.format];
	narrowMin(agg, "minimum", minimum);
	narrowMax(agg, "maximum", maximum);
};
const contributors = {
	greater_than: (agg, def) => narrowMin(agg, def.inclusive ? "minimum" : "exclusiveMinimum", def.value),
	less_than: (agg, def) => narrowMax(agg, def.inclusive ? "maximum" : "exclusiveMaximum", def.value),
	multiple_of: (agg, def) => addDivisor(agg, def.value),
	number_format: formatContributor(NUMBER_FORMAT_RANGES),
	bigint_format: formatContributor(BIGINT_FORMAT_RANGES),
	min_length: minContributor,
	max_length: maxContributor,
	length_equals: (agg, def) => narrowBoth(agg, def.length),
	min_size: minContributor,
	max_size: maxContributor,
	size_equals: (agg, def) => narrowBoth(agg, def.size),
	string_format: (agg, def) => {
		setFormat(agg, def.format);
		if (def.pattern) addPattern(agg, def.pattern);
		if (def.format === "base64" || def.format === "base64url") agg.contentEncoding = def.format;
		if (def.local || def.precision === -1) agg.laxFormat = true;
	},
	mime_type: (agg, def) => intersectMime(agg, def.mime)
};
function aggregateChecks(schema) {
	const agg = {};
	const def = schema._zod.def;
	const list = schema._zod.traits.has("$ZodCheck") ? [schema, ...def.checks ?? []] : def.checks ?? [];
	for (const ch of list) contributors[ch._zod.def.check]?.(agg, ch._zod.def);
	const bag = schema._zod.bag;
	if (bag.minimum !== void 0) narrowMin(agg, "minimum", bag.minimum);
	if (bag.exclusiveMinimum !== void 0) narrowMin(agg, "exclusiveMinimum", bag.exclusiveMinimum);
	if (bag.maximum !== void 0) narrowMax(agg, "maximum", bag.maximum);
	if (bag.exclusiveMaximum !== void 0) narrowMax(agg, "exclusiveMaximum", bag.exclusiveMaximum);
	if (bag.multipleOf !== void 0) addDivisor(agg, bag.multipleOf);
	if (bag.format !== void 0) {
		agg.format ?? (agg.format = bag.format);
		if (bag.format.includes("int")) agg.isInt = true;
	}
	if (bag.mime) intersectMime(agg, bag.mime);
	for (const pattern of bag.patterns ?? []) addPattern(agg, pattern);
	return agg;
}
const formatMap = {
	guid: "uuid",
	url: "uri",
	datetime: "date-time",
	json_string: "json-string",
	regex: ""
};
const exactPatterns = /* @__PURE__ */ new Map([[base64Charset, base64$1], [base64urlCharset, base64url]]);
const exactPattern = (p) => exactPatterns.get(p) ?? p;
const stringProcessor = (schema, ctx, _json, _params) => {
	const json = _json;
	json.type = "string";
	const { minimum, maximum, format, patterns, contentEncoding, laxFormat } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minLength = minimum;
	if (typeof maximum === "number") json.maxLength = maximum;
	if (format) {
		json.format = formatMap[format] ?? format;
		if (json.format === "") delete json.format;
		if (format === "time" || laxFormat) delete json.format;
	}
	if (contentEncoding) json.contentEncoding = contentEncoding;
	if (patterns && patterns.size > 0) {
		const patternList = [...patterns].map(exactPattern);
		if (patternList.length === 1) json.pattern = patternList[0].source;
		else if (patternList.length > 1) json.allOf = [...patternList.map((regex) => ({
			...ctx.target === "draft-07" || ctx.target === "draft-04" || ctx.target === "openapi-3.0" ? { type: "string" } : {},
			pattern: regex.source
		}))];
	}
};
const numberProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const { minimum, maximum, multipleOf, exclusiveMaximum, exclusiveMinimum, isInt } = aggregateChecks(schema);
	json.type = isInt ? "integer" : "number";
	const exMin = typeof exclusiveMinimum === "number" && exclusiveMinimum >= (minimum ?? Number.NEGATIVE_INFINITY);
	const exMax = typeof exclusiveMaximum === "number" && exclusiveMaximum <= (maximum ?? Number.POSITIVE_INFINITY);
	const legacy = ctx.target === "draft-04" || ctx.target === "openapi-3.0";
	if (exMin) {
		if (legacy) {
			json.minimum = exclusiveMinimum;
			json.exclusiveMinimum = true;
		} else json.exclusiveMinimum = exclusiveMinimum;
	} else if (typeof minimum === "number") json.minimum = minimum;
	if (exMax) {
		if (legacy) {
			json.maximum = exclusiveMaximum;
			json.exclusiveMaximum = true;
		} else json.exclusiveMaximum = exclusiveMaximum;
	} else if (typeof maximum === "number") json.maximum = maximum;
	if (multipleOf) {
		const divisors = /* @__PURE__ */ new Set();
		for (const divisor of multipleOf) if (Number.isFinite(divisor) && divisor !== 0) divisors.add(Math.abs(divisor));
		else handleUnrepresentable(schema, ctx, json, params, `A multipleOf divisor of ${divisor} cannot be represented in JSON Schema`);
		const [first, ...rest] = divisors;
		if (first !== void 0) json.multipleOf = first;
		if (rest.length) json.allOf = [...json.allOf ?? [], ...rest.map((m) => ({ multipleOf: m }))];
	}
};
const booleanProcessor = (_schema, _ctx, json, _params) => {
	json.type = "boolean";
};
const bigintProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "BigInt cannot be represented in JSON Schema");
};
const symbolProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Symbols cannot be represented in JSON Schema");
};
const nullProcessor = (_schema, ctx, json, _params) => {
	if (ctx.target === "openapi-3.0") {
		json.type = "string";
		json.nullable = true;
		json.enum = [null];
	} else json.type = "null";
};
const undefinedProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Undefined cannot be represented in JSON Schema");
};
const voidProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Void cannot be represented in JSON Schema");
};
const neverProcessor = (_schema, _ctx, json, _params) => {
	json.not = {};
};
const anyProcessor = (_schema, _ctx, _json, _params) => {};
const unknownProcessor = (_schema, _ctx, _json, _params) => {};
const dateProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Date cannot be represented in JSON Schema");
};
const enumProcessor = (schema, _ctx, json, _params) => {
	const def = schema._zod.def;
	const values = getEnumValues(def.entries);
	if (values.length === 0) {
		json.not = {};
		return;
	}
	if (values.every((v) => typeof v === "number")) json.type = "number";
	if (values.every((v) => typeof v === "string")) json.type = "string";
	json.enum = values;
};
const literalProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	if (def.values.length === 0) {
		json.not = {};
		return;
	}
	const vals = [];
	for (const val of def.values) if (val === void 0) {
		if (handleUnrepresentable(schema, ctx, json, params, "Literal `undefined` cannot be represented in JSON Schema")) return;
	} else if (typeof val === "bigint") {
		if (handleUnrepresentable(schema, ctx, json, params, "BigInt literals cannot be represented in JSON Schema")) return;
		vals.push(Number(val));
	} else vals.push(val);
	if (vals.length === 0) {} else if (vals.length === 1) {
		const val = vals[0];
		json.type = val === null ? "null" : typeof val;
		if (ctx.target === "draft-04" || ctx.target === "openapi-3.0") json.enum = [val];
		else json.const = val;
	} else {
		if (vals.every((v) => typeof v === "number")) json.type = "number";
		if (vals.every((v) => typeof v === "string")) json.type = "string";
		if (vals.every((v) => typeof v === "boolean")) json.type = "boolean";
		if (vals.every((v) => v === null)) json.type = "null";
		json.enum = vals;
	}
};
const nanProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "NaN cannot be represented in JSON Schema");
};
const templateLiteralProcessor = (schema, _ctx, json, _params) => {
	const _json = json;
	const pattern = schema._zod.pattern;
	if (!pattern) throw new Error("Pattern not found in template literal");
	_json.type = "string";
	_json.pattern = pattern.source;
};
const fileProcessor = (schema, _ctx, json, _params) => {
	const _json = json;
	_json.type = "string";
	_json.format = "binary";
	_json.contentEncoding = "binary";
	const { minimum, maximum, mime } = aggregateChecks(schema);
	if (minimum !== void 0) _json.minLength = minimum;
	if (maximum !== void 0) _json.maxLength = maximum;
	if (!mime) return;
	if (mime.length === 0) _json.not = {};
	else if (mime.length === 1) _json.contentMediaType = mime[0];
	else _json.anyOf = mime.map((m) => ({ contentMediaType: m }));
};
const successProcessor = (_schema, _ctx, json, _params) => {
	json.type = "boolean";
};
const customProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Custom types cannot be represented in JSON Schema");
};
const functionProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Function types cannot be represented in JSON Schema");
};
const transformProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Transforms cannot be represented in JSON Schema");
};
const mapProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Map cannot be represented in JSON Schema");
};
const setProcessor = (schema, ctx, json, params) => {
	handleUnrepresentable(schema, ctx, json, params, "Set cannot be represented in JSON Schema");
};
const arrayProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
	json.type = "array";
	json.items = processSchema(def.element, ctx, {
		...params,
		path: [...params.path, "items"]
	});
};
function inputOptin(schema) {
	const def = schema._zod.def;
	if (def.type === "pipe" && def.in._zod.traits.has("$ZodTransform")) return inputOptin(def.out);
	if (def.type === "catch") return inputOptin(def.innerType);
	return schema._zod.optin;
}
const objectProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	const shape = def.shape;
	if (Object.getOwnPropertySymbols(shape).length && handleUnrepresentable(schema, ctx, json, params, "Symbol keys cannot be represented in JSON Schema")) return;
	json.type = "object";
	json.properties = {};
	for (const key in shape) assignProp(json.properties, key, processSchema(shape[key], ctx, {
		...params,
		path: [
			...params.path,
			"properties",
			key
		]
	}));
	const requiredKeys = [];
	for (const key of Object.keys(shape)) {
		const field = def.shape[key];
		if (ctx.io === "input" ? inputOptin(field) === void 0 : field._zod.optout === void 0) requiredKeys.push(key);
	}
	if (requiredKeys.length > 0) json.required = requiredKeys;
	if (def.catchall?._zod.def.type === "never") json.additionalProperties = false;
	else if (!def.catchall) {
		if (ctx.io === "output") json.additionalProperties = false;
	} else if (def.catchall) json.additionalProperties = processSchema(def.catchall, ctx, {
		...params,
		path: [...params.path, "additionalProperties"]
	});
};
const unionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const isExclusive = def.inclusive === false;
	const options = def.options.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			isExclusive ? "oneOf" : "anyOf",
			i
		]
	}));
	if (isExclusive) json.oneOf = options;
	else json.anyOf = options;
};
const intersectionProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const a = processSchema(def.left, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			0
		]
	});
	const b = processSchema(def.right, ctx, {
		...params,
		path: [
			...params.path,
			"allOf",
			1
		]
	});
	const isSimpleIntersection = (val) => "allOf" in val && Object.keys(val).length === 1;
	const allOf = [...isSimpleIntersection(a) ? a.allOf : [a], ...isSimpleIntersection(b) ? b.allOf : [b]];
	json.allOf = allOf;
	ctx.intersections.push(allOf);
};
const tupleProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	json.type = "array";
	const prefixPath = ctx.target === "draft-2020-12" ? "prefixItems" : "items";
	const restPath = ctx.target === "draft-2020-12" ? "items" : ctx.target === "openapi-3.0" ? "items" : "additionalItems";
	const prefixItems = def.items.map((x, i) => processSchema(x, ctx, {
		...params,
		path: [
			...params.path,
			prefixPath,
			i
		]
	}));
	const rest = def.rest ? processSchema(def.rest, ctx, {
		...params,
		path: [
			...params.path,
			restPath,
			...ctx.target === "openapi-3.0" ? [def.items.length] : []
		]
	}) : null;
	let minItems = def.items.length;
	while (minItems > 0) {
		const item = def.items[minItems - 1];
		if (!(ctx.io === "input" ? inputOptin(item) !== void 0 : item._zod.optout === "optional")) break;
		minItems--;
	}
	const maxItems = def.items.length;
	const isClosed = !def.rest;
	if (ctx.target === "draft-2020-12") {
		json.prefixItems = prefixItems;
		if (isClosed) json.items = false;
		else if (rest) json.items = rest;
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	} else if (ctx.target === "openapi-3.0") {
		json.items = { anyOf: prefixItems };
		if (rest) json.items.anyOf.push(rest);
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	} else {
		json.items = prefixItems;
		if (isClosed) json.additionalItems = false;
		else if (rest) json.additionalItems = rest;
		if (minItems > 0) json.minItems = minItems;
		if (isClosed) json.maxItems = maxItems;
	}
	const { minimum, maximum } = aggregateChecks(schema);
	if (typeof minimum === "number") json.minItems = minimum;
	if (typeof maximum === "number") json.maxItems = maximum;
};
function stringifyKeyNames(bySchema, json, visited) {
	if (json.$ref) {
		if (visited.has(json)) return json;
		visited.add(json);
		const def = bySchema.get(json)?.def;
		if (!def) return json;
		const inlined = stringifyKeyNames(bySchema, def, visited);
		return inlined === def ? json : inlined;
	}
	for (const keyword of ["anyOf", "oneOf"]) {
		const branches = json[keyword];
		if (!Array.isArray(branches)) continue;
		const mapped = branches.map((branch) => stringifyKeyNames(bySchema, branch, visited));
		if (mapped.some((branch, i) => branch !== branches[i])) json = {
			...json,
			[keyword]: mapped
		};
	}
	const types = Array.isArray(json.type) ? json.type : [json.type];
	const numericType = !types.includes("string") && types.some((t) => t === "number" || t === "integer");
	const values = json.enum ?? (json.const !== void 0 ? [json.const] : void 0);
	if (!numericType && !values?.some((v) => typeof v === "number")) return json;
	const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format, id, ...rest } = json;
	if (rest.enum) rest.enum = rest.enum.map((v) => typeof v === "number" ? String(v) : v);
	else if (typeof rest.const === "number") rest.const = String(rest.const);
	if (!numericType) return rest;
	rest.type = "string";
	if (!values) rest.pattern = (types.includes("number") ? number$2 : integer).source;
	return rest;
}
const pendingRecords = /* @__PURE__ */ new WeakMap();
function rewriteKeyNames(ctx) {
	const bySchema = /* @__PURE__ */ new Map();
	for (const entry of ctx.seen.values()) if (entry.def && !bySchema.has(entry.schema)) bySchema.set(entry.schema, entry);
	const rewrites = /* @__PURE__ */ new Map();
	for (const record of pendingRecords.get(ctx) ?? []) {
		const seen = ctx.seen.get(record);
		const names = (seen?.def ?? seen?.schema)?.propertyNames;
		if (!names || names === true || rewrites.has(names)) continue;
		const rewritten = stringifyKeyNames(bySchema, names, /* @__PURE__ */ new Set());
		if (rewritten !== names) rewrites.set(names, rewritten);
	}
	if (!rewrites.size) return;
	for (const entry of ctx.seen.values()) for (const carrier of [entry.schema, entry.def]) {
		const rewritten = carrier && rewrites.get(carrier.propertyNames);
		if (rewritten) carrier.propertyNames = rewritten;
	}
}
const recordProcessor = (schema, ctx, _json, params) => {
	const json = _json;
	const def = schema._zod.def;
	json.type = "object";
	const keyType = def.keyType;
	const patterns = aggregateChecks(keyType).patterns;
	if (def.mode === "loose" && patterns && patterns.size > 0) {
		const valueSchema = processSchema(def.valueType, ctx, {
			...params,
			path: [
				...params.path,
				"patternProperties",
				"*"
			]
		});
		json.patternProperties = {};
		for (const pattern of patterns) assignProp(json.patternProperties, exactPattern(pattern).source, valueSchema);
	} else {
		if (ctx.target === "draft-07" || ctx.target === "draft-2020-12") {
			json.propertyNames = processSchema(def.keyType, ctx, {
				...params,
				path: [...params.path, "propertyNames"]
			});
			let pending = pendingRecords.get(ctx);
			if (!pending) {
				pending = [];
				pendingRecords.set(ctx, pending);
				ctx.deferred.push(() => rewriteKeyNames(ctx));
			}
			pending.push(schema);
		}
		json.additionalProperties = processSchema(def.valueType, ctx, {
			...params,
			path: [...params.path, "additionalProperties"]
		});
	}
	const keyValues = keyType._zod.values;
	const omittableOnInput = ctx.io === "input" && inputOptin(def.valueType) !== void 0;
	if (keyValues && !def.partial && !omittableOnInput) {
		const validKeyValues = [...keyValues].filter((v) => typeof v === "string" || typeof v === "number");
		if (validKeyValues.length > 0) json.required = validKeyValues.map(String);
	}
};
const nullableProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	const inner = processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	if (ctx.target === "openapi-3.0") {
		seen.ref = def.innerType;
		json.nullable = true;
	} else json.anyOf = [inner, { type: "null" }];
};
const nonoptionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
const UNREPRESENTABLE_DEFAULT = Symbol();
function serializeDefaultValue(value, schema, ctx, json, params) {
	let unrepresentable = false;
	const serialized = JSON.stringify(value, (_, val) => {
		if (typeof val !== "bigint") return val;
		unrepresentable = true;
		return null;
	});
	if (!unrepresentable) return JSON.parse(serialized);
	handleUnrepresentable(schema, ctx, json, params, "BigInt defaults cannot be represented in JSON Schema");
	return UNREPRESENTABLE_DEFAULT;
}
const defaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json.default = value;
};
const prefaultProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	if (ctx.io !== "input") return;
	const value = serializeDefaultValue(def.defaultValue, schema, ctx, json, params);
	if (value !== UNREPRESENTABLE_DEFAULT) json._prefault = value;
};
const catchProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	let catchValue;
	try {
		catchValue = def.catchValue(void 0);
	} catch {
		handleUnrepresentable(schema, ctx, json, params, "Dynamic catch values are not supported in JSON Schema");
		return;
	}
	json.default = catchValue;
};
const pipeProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	const inIsTransform = def.in._zod.traits.has("$ZodTransform");
	const innerType = ctx.io === "input" ? inIsTransform ? def.out : def.in : def.out;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
const readonlyProcessor = (schema, ctx, json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
	json.readOnly = true;
};
const promiseProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
const optionalProcessor = (schema, ctx, _json, params) => {
	const def = schema._zod.def;
	processSchema(def.innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = def.innerType;
};
const lazyProcessor = (schema, ctx, _json, params) => {
	const innerType = schema._zod.innerType;
	processSchema(innerType, ctx, params);
	const seen = ctx.seen.get(schema);
	seen.ref = innerType;
};
const allProcessors = {
	string: stringProcessor,
	number: numberProcessor,
	boolean: booleanProcessor,
	bigint: bigintProcessor,
	symbol: symbolProcessor,
	null: nullProcessor,
	undefined: undefinedProcessor,
	void: voidProcessor,
	never: neverProcessor,
	any: anyProcessor,
	unknown: unknownProcessor,
	date: dateProcessor,
	enum: enumProcessor,
	literal: literalProcessor,
	nan: nanProcessor,
	template_literal: templateLiteralProcessor,
	file: fileProcessor,
	success: successProcessor,
	custom: customProcessor,
	function: functionProcessor,
	transform: transformProcessor,
	map: mapProcessor,
	set: setProcessor,
	array: arrayProcessor,
	object: objectProcessor,
	union: unionProcessor,
	intersection: intersectionProcessor,
	tuple: tupleProcessor,
	record: recordProcessor,
	nullable: nullableProcessor,
	nonoptional: nonoptionalProcessor,
	default: defaultProcessor,
	prefault: prefaultProcessor,
	catch: catchProcessor,
	pipe: pipeProcessor,
	readonly: readonlyProcessor,
	promise: promiseProcessor,
	optional: optionalProcessor,
	lazy: lazyProcessor
};
function toJSONSchema(input, params) {
	if ("_idmap" in input) {
		const registry = input;
		const ctx = initializeContext({
			...params,
			processors: allProcessors
		});
		const defs = {};
		for (const entry of registry._idmap.entries()) {
			const [_, schema] = entry;
			processSchema(schema, ctx);
		}
		const schemas = {};
		ctx.external = {
			registry,
			uri: params?.uri,
			defs
		};
		for (const entry of registry._idmap.entries()) {
			const [key, schema] = entry;
			extractDefs(ctx, schema);
			assignProp(schemas, key, finalize(ctx, schema));
		}
		if (Object.keys(defs).length > 0) schemas.__shared = { [ctx.target === "draft-2020-12" ? "$defs" : "definitions"]: defs };
		return { schemas };
	}
	const ctx = initializeContext({
		...params,
		processors: allProcessors
	});
	processSchema(input, ctx);
	extractDefs(ctx, input);
	return finalize(ctx, input);
}

const _installedErrorProtos = /* @__PURE__ */ new WeakSet([Object.prototype, Error.prototype]);
function _lazyMethod(proto, key, make) {
	Object.defineProperty(proto, key, {
		configurable: true,
		enumerable: false,
		get() {
			const value = make(this);
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
			return value;
		},
		set(value) {
			Object.defineProperty(this, key, {
				value,
				configurable: true,
				writable: true
			});
		}
	});
}
const initializer = (inst, issues) => {
	$ZodError.init(inst, issues);
	inst.name = "ZodError";
	const proto = Object.getPrototypeOf(inst);
	if (_installedErrorProtos.has(proto)) return;
	_installedErrorProtos.add(proto);
	_lazyMethod(proto, "format", (self) => (mapper) => formatError(self, mapper));
	_lazyMethod(proto, "flatten", (self) => (mapper) => flattenError(self, mapper));
	_lazyMethod(proto, "addIssue", (self) => (issue) => {
		self.issues.push(issue);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	_lazyMethod(proto, "addIssues", (self) => (issues) => {
		self.issues.push(...issues);
		self.message = JSON.stringify(self.issues, jsonStringifyReplacer, 2);
	});
	Object.defineProperty(proto, "isEmpty", {
		configurable: true,
		enumerable: false,
		get() {
			return this.issues.length === 0;
		}
	});
};
const ZodError = /*@__PURE__*/ $constructor("ZodError", initializer);
const ZodRealError = /*@__PURE__*/ $constructor("ZodError", initializer, void 0, { Parent: Error });

const parse = /* @__PURE__ */ _parse(ZodRealError);
const parseAsync = /* @__PURE__ */ _parseAsync(ZodRealError);
const safeParse = /* @__PURE__ */ _safeParse(ZodRealError);
const safeParseAsync = /* @__PURE__ */ _safeParseAsync(ZodRealError);
const encode = /* @__PURE__ */ _encode(ZodRealError);
const decode$1 = /* @__PURE__ */ _decode(ZodRealError);
const encodeAsync = /* @__PURE__ */ _encodeAsync(ZodRealError);
const decodeAsync = /* @__PURE__ */ _decodeAsync(ZodRealError);
const safeEncode = /* @__PURE__ */ _safeEncode(ZodRealError);
const safeDecode = /* @__PURE__ */ _safeDecode(ZodRealError);
const safeEncodeAsync = /* @__PURE__ */ _safeEncodeAsync(ZodRealError);
const safeDecodeAsync = /* @__PURE__ */ _safeDecodeAsync(ZodRealError);

function _ensureDefaultLocale() {
	if (!globalConfig.localeError) config$1(en_default());
}
function _ensureDefaultMemoizer() {
	if (!globalConfig.memoizer) config$1({ memoizer: memoizer() });
}
const ZodType = /*@__PURE__*/ $constructor("ZodType", (inst, def) => {
	_ensureDefaultLocale();
	$ZodType.init(inst, def);
	inst.def = def;
	inst.type = def.type;
	return inst;
}, {
	check(...chks) {
		const def = this.def;
		return this.clone(mergeDefs(def, { checks: [...def.checks ?? [], ...chks.map((ch) => typeof ch === "function" ? { _zod: {
			check: ch,
			def: { check: "custom" },
			onattach: []
		} } : ch)] }), { parent: true });
	},
	with(...chks) {
		return this.check(...chks);
	},
	clone(def, params) {
		return clone$1(this, def, params);
	},
	brand() {
		return this;
	},
	register(reg, meta) {
		reg.add(this, meta);
		return this;
	},
	refine(check, params) {
		return this.check(refine(check, params));
	},
	superRefine(refinement, params) {
		return this.check(superRefine(refinement, params));
	},
	overwrite(fn) {
		return this.check(_overwrite(fn));
	},
	optional() {
		return optional(this);
	},
	exactOptional() {
		return exactOptional(this);
	},
	nullable() {
		return nullable(this);
	},
	nullish() {
		return optional(nullable(this));
	},
	nonoptional(params) {
		return nonoptional(this, params);
	},
	array() {
		return array(this);
	},
	or(arg) {
		return union([this, arg]);
	},
	and(arg) {
		return intersection(this, arg);
	},
	transform(tx) {
		return pipe(this, transform(tx));
	},
	default(d) {
		return _default(this, d);
	},
	prefault(d) {
		return prefault(this, d);
	},
	catch(params) {
		return _catch(this, params);
	},
	pipe(target) {
		return pipe(this, target);
	},
	readonly() {
		return readonly(this);
	},
	describe(description) {
		const cl = this.clone();
		globalRegistry.add(cl, { description });
		return cl;
	},
	meta(...args) {
		if (args.length === 0) return globalRegistry.get(this);
		const cl = this.clone();
		globalRegistry.add(cl, args[0]);
		return cl;
	},
	isOptional() {
		return this.safeParse(void 0).success;
	},
	isNullable() {
		return this.safeParse(null).success;
	},
	apply(fn, ...args) {
		return args.length === 0 ? fn(this) : fn(this, ...args);
	},
	get "~standard"() {
		return hide(this, "~standard", {
			...standardProps(this),
			jsonSchema: {
				input: createStandardJSONSchemaMethod(this, "input"),
				output: createStandardJSONSchemaMethod(this, "output")
			}
		});
	},
	set "~standard"(value) {
		own$1(this, "~standard", value);
	},
	parse: function _parse(data, params) {
		return parse(this, data, params, { callee: _parse });
	},
	parseAsync: async function _parseAsync(data, params) {
		return await parseAsync(this, data, params, { callee: _parseAsync });
	},
	safeParse(data, params) {
		return safeParse(this, data, params);
	},
	async safeParseAsync(data, params) {
		return safeParseAsync(this, data, params);
	},
	get spa() {
		return this?.safeParseAsync;
	},
	set spa(value) {
		own$1(this, "spa", value);
	},
	validate(data, params) {
		return validate(this, data, params);
	},
	validateAsync(data, params) {
		return validateAsync$1(this, data, params);
	},
	encode: function _encode(data, params) {
		return encode(this, data, params, { callee: _encode });
	},
	decode: function _decode(data, params) {
		return decode$1(this, data, params, { callee: _decode });
	},
	encodeAsync: async function _encodeAsync(data, params) {
		return await encodeAsync(this, data, params, { callee: _encodeAsync });
	},
	decodeAsync: async function _decodeAsync(data, params) {
		return await decodeAsync(this, data, params, { callee: _decodeAsync });
	},
	safeEncode(data, params) {
		return safeEncode(this, data, params);
	},
	safeDecode(data, params) {
		return safeDecode(this, data, params);
	},
	async safeEncodeAsync(data, params) {
		return safeEncodeAsync(this, data, params);
	},
	async safeDecodeAsync(data, params) {
		return safeDecodeAsync(this, data, params);
	},
	toJSONSchema(params) {
		return createToJSONSchemaMethod(this, {})(params);
	},
	get description() {
		return globalRegistry.get(this)?.description;
	},
	get _def() {
		return this._zod.def;
	}
});
const _ZodString = /*@__PURE__*/ $constructor("_ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => stringProcessor(inst, ctx, json, params);
}, /*@__PURE__*/ derived({
	format: (inst) => aggregateChecks(inst).format ?? null,
	minLength: (inst) => aggregateChecks(inst).minimum ?? null,
	maxLength: (inst) => aggregateChecks(inst).maximum ?? null
}, {
	regex(...args) {
		return this.check(_regex(...args));
	},
	includes(...args) {
		return this.check(_includes(...args));
	},
	startsWith(...args) {
		return this.check(_startsWith(...args));
	},
	endsWith(...args) {
		return this.check(_endsWith(...args));
	},
	min(...args) {
		return this.check(_minLength(...args));
	},
	max(...args) {
		return this.check(_maxLength(...args));
	},
	length(...args) {
		return this.check(_length(...args));
	},
	nonempty(...args) {
		return this.check(_minLength(1, ...args));
	},
	lowercase(params) {
		return this.check(_lowercase(params));
	},
	uppercase(params) {
		return this.check(_uppercase(params));
	},
	trim() {
		return this.check(_trim());
	},
	normalize(...args) {
		return this.check(_normalize(...args));
	},
	toLowerCase() {
		return this.check(_toLowerCase());
	},
	toUpperCase() {
		return this.check(_toUpperCase());
	},
	slugify() {
		return this.check(_slugify());
	}
}));
const ZodString = /*@__PURE__*/ $constructor("ZodString", (inst, def) => {
	$ZodString.init(inst, def);
	_ZodString.init(inst, def);
}, {
	email(params) {
		return this.check(_email(ZodEmail, params));
	},
	url(params) {
		return this.check(_url(ZodURL, params));
	},
	jwt(params) {
		return this.check(_jwt(ZodJWT, params));
	},
	emoji(params) {
		return this.check(_emoji(ZodEmoji, params));
	},
	guid(params) {
		return this.check(_guid(ZodGUID, params));
	},
	uuid(params) {
		return this.check(_uuid(ZodUUID, params));
	},
	uuidv4(params) {
		return this.check(_uuidv4(ZodUUID, params));
	},
	uuidv6(params) {
		return this.check(_uuidv6(ZodUUID, params));
	},
	uuidv7(params) {
		return this.check(_uuidv7(ZodUUID, params));
	},
	nanoid(params) {
		return this.check(_nanoid(ZodNanoID, params));
	},
	cuid(params) {
		return this.check(_cuid(ZodCUID, params));
	},
	cuid2(params) {
		return this.check(_cuid2(ZodCUID2, params));
	},
	ulid(params) {
		return this.check(_ulid(ZodULID, params));
	},
	base64(params) {
		return this.check(_base64(ZodBase64, params));
	},
	base64url(params) {
		return this.check(_base64url(ZodBase64URL, params));
	},
	xid(params) {
		return this.check(_xid(ZodXID, params));
	},
	ksuid(params) {
		return this.check(_ksuid(ZodKSUID, params));
	},
	ipv4(params) {
		return this.check(_ipv4(ZodIPv4, params));
	},
	ipv6(params) {
		return this.check(_ipv6(ZodIPv6, params));
	},
	cidrv4(params) {
		return this.check(_cidrv4(ZodCIDRv4, params));
	},
	cidrv6(params) {
		return this.check(_cidrv6(ZodCIDRv6, params));
	},
	e164(params) {
		return this.check(_e164(ZodE164, params));
	},
	datetime(params) {
		return this.check(_isoDateTime(ZodISODateTime, params));
	},
	date(params) {
		return this.check(_isoDate(ZodISODate, params));
	},
	time(params) {
		return this.check(_isoTime(ZodISOTime, params));
	},
	duration(params) {
		return this.check(_isoDuration(ZodISODuration, params));
	}
});
function string(params) {
	return _string(ZodString, params);
}
const ZodStringFormat = /*@__PURE__*/ $constructor("ZodStringFormat", (inst, def) => {
	$ZodStringFormat.init(inst, def);
	_ZodString.init(inst, def);
});
const ZodISODateTime = /*@__PURE__*/ $constructor("ZodISODateTime", (inst, def) => {
	$ZodISODateTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODate = /*@__PURE__*/ $constructor("ZodISODate", (inst, def) => {
	$ZodISODate.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISOTime = /*@__PURE__*/ $constructor("ZodISOTime", (inst, def) => {
	$ZodISOTime.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodISODuration = /*@__PURE__*/ $constructor("ZodISODuration", (inst, def) => {
	$ZodISODuration.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodEmail = /*@__PURE__*/ $constructor("ZodEmail", (inst, def) => {
	$ZodEmail.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodGUID = /*@__PURE__*/ $constructor("ZodGUID", (inst, def) => {
	$ZodGUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodUUID = /*@__PURE__*/ $constructor("ZodUUID", (inst, def) => {
	$ZodUUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodURL = /*@__PURE__*/ $constructor("ZodURL", (inst, def) => {
	$ZodURL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
function url(params) {
	return _url(ZodURL, params);
}
const ZodEmoji = /*@__PURE__*/ $constructor("ZodEmoji", (inst, def) => {
	$ZodEmoji.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNanoID = /*@__PURE__*/ $constructor("ZodNanoID", (inst, def) => {
	$ZodNanoID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCUID = /*@__PURE__*/ $constructor("ZodCUID", (inst, def) => {
	$ZodCUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCUID2 = /*@__PURE__*/ $constructor("ZodCUID2", (inst, def) => {
	$ZodCUID2.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodULID = /*@__PURE__*/ $constructor("ZodULID", (inst, def) => {
	$ZodULID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodXID = /*@__PURE__*/ $constructor("ZodXID", (inst, def) => {
	$ZodXID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodKSUID = /*@__PURE__*/ $constructor("ZodKSUID", (inst, def) => {
	$ZodKSUID.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv4 = /*@__PURE__*/ $constructor("ZodIPv4", (inst, def) => {
	$ZodIPv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodIPv6 = /*@__PURE__*/ $constructor("ZodIPv6", (inst, def) => {
	$ZodIPv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv4 = /*@__PURE__*/ $constructor("ZodCIDRv4", (inst, def) => {
	$ZodCIDRv4.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodCIDRv6 = /*@__PURE__*/ $constructor("ZodCIDRv6", (inst, def) => {
	$ZodCIDRv6.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64 = /*@__PURE__*/ $constructor("ZodBase64", (inst, def) => {
	$ZodBase64.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodBase64URL = /*@__PURE__*/ $constructor("ZodBase64URL", (inst, def) => {
	$ZodBase64URL.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodE164 = /*@__PURE__*/ $constructor("ZodE164", (inst, def) => {
	$ZodE164.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodJWT = /*@__PURE__*/ $constructor("ZodJWT", (inst, def) => {
	$ZodJWT.init(inst, def);
	ZodStringFormat.init(inst, def);
});
const ZodNumber = /*@__PURE__*/ $constructor("ZodNumber", (inst, def) => {
	$ZodNumber.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => numberProcessor(inst, ctx, json, params);
	inst.isFinite = true;
}, /*@__PURE__*/ derived({
	minValue: (inst) => {
		const { minimum, exclusiveMinimum } = aggregateChecks(inst);
		return Math.max(minimum ?? Number.NEGATIVE_INFINITY, exclusiveMinimum ?? Number.NEGATIVE_INFINITY);
	},
	maxValue: (inst) => {
		const { maximum, exclusiveMaximum } = aggregateChecks(inst);
		return Math.min(maximum ?? Number.POSITIVE_INFINITY, exclusiveMaximum ?? Number.POSITIVE_INFINITY);
	},
	isInt: (inst) => {
		const { isInt, multipleOf } = aggregateChecks(inst);
		return !!isInt || !!multipleOf?.some(Number.isSafeInteger);
	},
	format: (inst) => aggregateChecks(inst).format ?? null
}, {
	gt(value, params) {
		return this.check(_gt(value, params));
	},
	gte(value, params) {
		return this.check(_gte(value, params));
	},
	min(value, params) {
		return this.check(_gte(value, params));
	},
	lt(value, params) {
		return this.check(_lt(value, params));
	},
	lte(value, params) {
		return this.check(_lte(value, params));
	},
	max(value, params) {
		return this.check(_lte(value, params));
	},
	int(params) {
		return this.check(int(params));
	},
	safe(params) {
		return this.check(int(params));
	},
	positive(params) {
		return this.check(_gt(0, params));
	},
	nonnegative(params) {
		return this.check(_gte(0, params));
	},
	negative(params) {
		return this.check(_lt(0, params));
	},
	nonpositive(params) {
		return this.check(_lte(0, params));
	},
	multipleOf(value, params) {
		return this.check(_multipleOf(value, params));
	},
	step(value, params) {
		return this.check(_multipleOf(value, params));
	},
	finite() {
		return this;
	}
}));
function number$1(params) {
	return _number(ZodNumber, params);
}
const ZodNumberFormat = /*@__PURE__*/ $constructor("ZodNumberFormat", (inst, def) => {
	$ZodNumberFormat.init(inst, def);
	ZodNumber.init(inst, def);
});
function int(params) {
	return _int(ZodNumberFormat, params);
}
const ZodBoolean = /*@__PURE__*/ $constructor("ZodBoolean", (inst, def) => {
	$ZodBoolean.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => booleanProcessor(inst, ctx, json, params);
});
function boolean(params) {
	return _boolean(ZodBoolean, params);
}
const ZodNull = /*@__PURE__*/ $constructor("ZodNull", (inst, def) => {
	$ZodNull.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullProcessor(inst, ctx, json, params);
});
function _null(params) {
	return _null$1(ZodNull, params);
}
const ZodUnknown = /*@__PURE__*/ $constructor("ZodUnknown", (inst, def) => {
	$ZodUnknown.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unknownProcessor(inst, ctx, json, params);
});
function unknown() {
	return _unknown(ZodUnknown);
}
const ZodNever = /*@__PURE__*/ $constructor("ZodNever", (inst, def) => {
	$ZodNever.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => neverProcessor(inst, ctx, json, params);
});
function never(params) {
	return _never(ZodNever, params);
}
const ZodArray = /*@__PURE__*/ $constructor("ZodArray", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodArray.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => arrayProcessor(inst, ctx, json, params);
	inst.element = def.element;
}, {
	min(n, params) {
		return this.check(_minLength(n, params));
	},
	nonempty(params) {
		return this.check(_minLength(1, params));
	},
	max(n, params) {
		return this.check(_maxLength(n, params));
	},
	length(n, params) {
		return this.check(_length(n, params));
	},
	unwrap() {
		return this.element;
	}
});
function array(element, params) {
	return _array(ZodArray, element, params);
}
const ZodObject = /*@__PURE__*/ $constructor("ZodObject", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodObjectJIT.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => objectProcessor(inst, ctx, json, params);
	installLazyProp(inst, "shape", (self) => self._zod.def.shape, false);
}, {
	keyof() {
		return _enum(Object.keys(this._zod.def.shape));
	},
	catchall(catchall) {
		return this.clone(mergeDefs(this._zod.def, { catchall }));
	},
	passthrough() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	loose() {
		return this.clone(mergeDefs(this._zod.def, { catchall: unknown() }));
	},
	strict() {
		return this.clone(mergeDefs(this._zod.def, { catchall: never() }));
	},
	strip() {
		return this.clone(mergeDefs(this._zod.def, { catchall: void 0 }));
	},
	extend(incoming) {
		return extend(this, incoming);
	},
	safeExtend(incoming) {
		return safeExtend(this, incoming);
	},
	merge(other) {
		return merge(this, other);
	},
	pick(mask) {
		return pick(this, mask);
	},
	omit(mask) {
		return omit(this, mask);
	},
	partial(...args) {
		return partial(ZodOptional, this, args[0]);
	},
	exactPartial(...args) {
		return partial(ZodExactOptional, this, args[0], "exactPartial");
	},
	required(...args) {
		return required(ZodNonOptional, this, args[0]);
	}
});
function object$1(shape, params) {
	const def = {
		type: "object",
		shape: shape ?? {},
		...normalizeParams(params)
	};
	return new ZodObject(def);
}
function strictObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: never(),
		...normalizeParams(params)
	});
}
function looseObject(shape, params) {
	return new ZodObject({
		type: "object",
		shape,
		catchall: unknown(),
		...normalizeParams(params)
	});
}
const ZodUnion = /*@__PURE__*/ $constructor("ZodUnion", (inst, def) => {
	$ZodUnion.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => unionProcessor(inst, ctx, json, params);
	inst.options = def.options;
});
function union(options, params) {
	return new ZodUnion({
		type: "union",
		options,
		...normalizeParams(params)
	});
}
const ZodDiscriminatedUnion = /*@__PURE__*/ $constructor("ZodDiscriminatedUnion", (inst, def) => {
	ZodUnion.init(inst, def);
	$ZodDiscriminatedUnion.init(inst, def);
});
function discriminatedUnion(discriminator, options, params) {
	return new ZodDiscriminatedUnion({
		type: "union",
		options,
		discriminator,
		...normalizeParams(params)
	});
}
const ZodIntersection = /*@__PURE__*/ $constructor("ZodIntersection", (inst, def) => {
	$ZodIntersection.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => intersectionProcessor(inst, ctx, json, params);
});
function intersection(left, right) {
	return new ZodIntersection({
		type: "intersection",
		left,
		right
	});
}
const ZodRecord = /*@__PURE__*/ $constructor("ZodRecord", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodRecord.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => recordProcessor(inst, ctx, json, params);
	inst.keyType = def.keyType;
	inst.valueType = def.valueType;
});
function record$2(keyType, valueType, params) {
	if (!valueType || !valueType._zod) return new ZodRecord({
		type: "record",
		keyType: string(),
		valueType: keyType,
		...normalizeParams(valueType)
	});
	return new ZodRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params)
	});
}
function partialRecord(keyType, valueType, params) {
	return new ZodRecord({
		type: "record",
		keyType,
		valueType,
		...normalizeParams(params),
		partial: true
	});
}
const ZodEnum = /*@__PURE__*/ $constructor("ZodEnum", (inst, def) => {
	$ZodEnum.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => enumProcessor(inst, ctx, json, params);
	inst.enum = def.entries;
	inst.options = [...inst._zod.values];
	const keys = new Set(Object.keys(def.entries));
	inst.extract = (values, params) => {
		const newEntries = {};
		for (const value of values) if (keys.has(value)) newEntries[value] = def.entries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
	inst.exclude = (values, params) => {
		const newEntries = { ...def.entries };
		for (const value of values) if (keys.has(value)) delete newEntries[value];
		else throw new Error(`Key ${value} not found in enum`);
		return new ZodEnum({
			...def,
			checks: [],
			...normalizeParams(params),
			entries: newEntries
		});
	};
});
function _enum(values, params) {
	const entries = Array.isArray(values) ? Object.fromEntries(values.map((v) => [v, v])) : values;
	return new ZodEnum({
		type: "enum",
		entries,
		...normalizeParams(params)
	});
}
const ZodLiteral = /*@__PURE__*/ $constructor("ZodLiteral", (inst, def) => {
	$ZodLiteral.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => literalProcessor(inst, ctx, json, params);
	inst.values = new Set(def.values);
	Object.defineProperty(inst, "value", { get() {
		if (def.values.length > 1) throw new Error("This schema contains multiple valid literal values. Use `.values` instead.");
		return def.values[0];
	} });
});
function literal(value, params) {
	return new ZodLiteral({
		type: "literal",
		values: Array.isArray(value) ? value : [value],
		...normalizeParams(params)
	});
}
const ZodTransform = /*@__PURE__*/ $constructor("ZodTransform", (inst, def) => {
	_ensureDefaultMemoizer();
	$ZodTransform.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => transformProcessor(inst, ctx, json, params);
	inst._zod.parse = (payload, _ctx) => {
		if (_ctx.direction === "backward") throw new $ZodEncodeError(inst.constructor.name);
		payload.addIssue = (issue$1) => {
			if (typeof issue$1 === "string") payload.issues.push(issue(issue$1, payload.value, def));
			else {
				const _issue = issue$1;
				if (_issue.fatal) _issue.continue = false;
				_issue.code ?? (_issue.code = "custom");
				if (!("input" in _issue)) _issue.input = payload.value;
				_issue.inst ?? (_issue.inst = inst);
				payload.issues.push(issue(_issue));
			}
		};
		const output = def.transform(payload.value, payload);
		if (output instanceof Promise) return output.then((output) => {
			payload.value = output;
			return payload;
		});
		payload.value = output;
		return payload;
	};
});
function transform(fn) {
	return new ZodTransform({
		type: "transform",
		transform: fn
	});
}
const ZodOptional = /*@__PURE__*/ $constructor("ZodOptional", (inst, def) => {
	$ZodOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function optional(innerType) {
	return new ZodOptional({
		type: "optional",
		innerType
	});
}
const ZodExactOptional = /*@__PURE__*/ $constructor("ZodExactOptional", (inst, def) => {
	$ZodExactOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => optionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function exactOptional(innerType) {
	return new ZodExactOptional({
		type: "optional",
		innerType
	});
}
const ZodNullable = /*@__PURE__*/ $constructor("ZodNullable", (inst, def) => {
	$ZodNullable.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nullableProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nullable(innerType) {
	return new ZodNullable({
		type: "nullable",
		innerType
	});
}
const ZodDefault = /*@__PURE__*/ $constructor("ZodDefault", (inst, def) => {
	$ZodDefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => defaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeDefault = inst.unwrap;
});
function _default(innerType, defaultValue) {
	return new ZodDefault({
		type: "default",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodPrefault = /*@__PURE__*/ $constructor("ZodPrefault", (inst, def) => {
	$ZodPrefault.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => prefaultProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function prefault(innerType, defaultValue) {
	return new ZodPrefault({
		type: "prefault",
		innerType,
		get defaultValue() {
			return typeof defaultValue === "function" ? defaultValue() : shallowClone(defaultValue);
		}
	});
}
const ZodNonOptional = /*@__PURE__*/ $constructor("ZodNonOptional", (inst, def) => {
	$ZodNonOptional.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => nonoptionalProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function nonoptional(innerType, params) {
	return new ZodNonOptional({
		type: "nonoptional",
		innerType,
		...normalizeParams(params)
	});
}
const ZodCatch = /*@__PURE__*/ $constructor("ZodCatch", (inst, def) => {
	$ZodCatch.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => catchProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
	inst.removeCatch = inst.unwrap;
});
function _catch(innerType, catchValue) {
	return new ZodCatch({
		type: "catch",
		innerType,
		catchValue: typeof catchValue === "function" ? catchValue : constantCatch(catchValue)
	});
}
const ZodPipe = /*@__PURE__*/ $constructor("ZodPipe", (inst, def) => {
	$ZodPipe.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => pipeProcessor(inst, ctx, json, params);
	inst.in = def.in;
	inst.out = def.out;
});
function pipe(in_, out) {
	return new ZodPipe({
		type: "pipe",
		in: in_,
		out
	});
}
const ZodReadonly = /*@__PURE__*/ $constructor("ZodReadonly", (inst, def) => {
	$ZodReadonly.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => readonlyProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.innerType;
});
function readonly(innerType) {
	return new ZodReadonly({
		type: "readonly",
		innerType
	});
}
const ZodLazy = /*@__PURE__*/ $constructor("ZodLazy", (inst, def) => {
	$ZodLazy.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => lazyProcessor(inst, ctx, json, params);
	inst.unwrap = () => inst._zod.def.getter();
});
function lazy(getter) {
	return new ZodLazy({
		type: "lazy",
		getter
	});
}
const ZodCustom = /*@__PURE__*/ $constructor("ZodCustom", (inst, def) => {
	$ZodCustom.init(inst, def);
	ZodType.init(inst, def);
	inst._zod.processJSONSchema = (ctx, json, params) => customProcessor(inst, ctx, json, params);
});
function custom(fn, _params) {
	return _custom(ZodCustom, fn ?? (() => true), _params);
}
function refine(fn, _params = {}) {
	return _refine(ZodCustom, fn, _params);
}
function superRefine(fn, params) {
	return _superRefine(fn, params);
}
function json(params) {
	const jsonSchema = lazy(() => {
		return union([
			string(params),
			number$1(),
			boolean(),
			_null(),
			array(jsonSchema),
			record$2(string(), jsonSchema)
		]);
	});
	return jsonSchema;
}

function number(params) {
	return _coercedNumber(ZodNumber, params);
}

const zHash = string().regex(/^[0-9a-f]{64}$/);
const zBytes = string().regex(/^[A-Za-z0-9_-]*$/);
const zInstant = string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/).refine((text) => !Number.isNaN(Date.parse(text)), "there is no such time");
const zDecimal = string().regex(/^-?(0|[1-9]\d{0,17})(\.\d{1,8})?$/);
const zUuid = string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const zName = string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/);

const RIGHTS = [
	"registry:read",
	"registry:write",
	"rights:write",
	"nodes:write",
	"jobs:read",
	"jobs:write",
	"lots:import",
	"lots:found",
	"lots:supervise",
	"lots:witness"
];

const zRight = _enum(RIGHTS);
const zAccessRole = object$1({
	id: zName,
	name: string(),
	rights: array(zRight),
	isBuiltIn: boolean(),
	holders: int(),
	version: int()
});
const zBasis = int().min(0).nullable();
const zAccessRolePut = strictObject({
	name: string().trim().min(1).max(60),
	rights: array(zRight).max(RIGHTS.length),
	basis: zBasis
});
const zMyRights = object$1({
	roles: array(zName),
	rights: array(zRight)
});

const ROLES = [
	"tenderer",
	"agency",
	"bidder",
	"expert",
	"tenderer-representative",
	"witness",
	"supervisor",
	"award-member",
	"node"
];
const zRole = _enum(ROLES);

const encoder$3 = new TextEncoder();
const decoder$2 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
const CANONICAL_DEPTH_MAX = 32;
var CanonicalError = class extends Error {
	constructor(reason, path = "$") {
		super(`not canonical JSON at ${path}: ${reason}`);
		this.reason = reason;
		this.path = path;
		this.name = "CanonicalError";
	}
};
function canonicalText(value) {
	return write(value, []);
}
function canonicalBytes(value) {
	return encoder$3.encode(canonicalText(value));
}
function parseCanonical(text) {
	let value;
	try {
		value = JSON.parse(text);
	} catch {
		throw new CanonicalError("not JSON");
	}
	if (canonicalText(value) !== text) throw new CanonicalError("another form of the same value (key order, duplicate key, space, number or escape)");
	return value;
}
const PLAIN = /^[ !#-[\]-~]*$/;
function write(value, place) {
	if (place.length > CANONICAL_DEPTH_MAX) throw errorAt(place, "nested too deep");
	switch (typeof value) {
		case "boolean": return value ? "true" : "false";
		case "string": return writeString(value, place);
		case "number":
			if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw errorAt(place, "number is not a safe integer");
			return String(value);
		case "object":
			if (value === null) return "null";
			return Array.isArray(value) ? writeArray(value, place) : writeObject(value, place);
		default: throw errorAt(place, `${typeof value} is not JSON`);
	}
}
function writeString(value, place) {
	if (PLAIN.test(value)) return `"${value}"`;
	if (!value.isWellFormed()) throw errorAt(place, "lone surrogate");
	if (value.normalize("NFC") !== value) throw errorAt(place, "string not in Unicode NFC");
	return JSON.stringify(value);
}
function writeArray(items, place) {
	let text = "";
	const depth = place.length;
	for (let index = 0; index < items.length; index += 1) {
		place[depth] = index;
		text += index === 0 ? write(items[index], place) : `,${write(items[index], place)}`;
	}
	place.length = depth;
	return `[${text}]`;
}
function writeObject(fields, place) {
	let text = "";
	const depth = place.length;
	for (const key of Object.keys(fields).sort()) {
		place[depth] = key;
		const member = `${writeString(key, place)}:${write(fields[key], place)}`;
		text += text === "" ? member : `,${member}`;
	}
	place.length = depth;
	return `{${text}}`;
}
const errorAt = (place, reason) => new CanonicalError(reason, place.reduce((path, step) => path + (typeof step === "number" ? `[${String(step)}]` : `.${step}`), "$"));

const SIGNING_PREFIX = {
	command: "gongping/command/v1\n",
	sessionGrant: "gongping/session-grant/v1\n",
	answer: "gongping/answer/v1\n",
	receipt: "gongping/receipt/v1\n",
	login: "gongping/login/v2\n",
	keyBinding: "gongping/key-binding/v1\n",
	venueHello: "gongping/venue-hello/v1\n",
	venueWelcome: "gongping/venue-welcome/v1\n",
	mirrorRequest: "gongping/mirror-request/v1\n",
	fileRequest: "gongping/file-request/v1\n",
	venueRegistry: "gongping/venue-registry/v1\n",
	outbox: "gongping/outbox/v1\n",
	revocation: "gongping/revocation/v1\n",
	keeperKey: "gongping/keeper-key/v1\n",
	sealedBid: "gongping/sealed-bid/v1\n",
	keeperDrill: "gongping/keeper-drill/v1\n"
};
const zJsonObject$1 = custom((value) => typeof value === "object" && value !== null && !Array.isArray(value));
const zCommand = strictObject({
	v: literal(1),
	id: zUuid,
	origin: string().min(3).max(200),
	lot: zName.nullable(),
	round: int().min(1).max(99).nullable(),
	type: string().regex(/^[a-z-]{2,40}\.[a-z-]{2,60}$/),
	step: string().max(80),
	public: zJsonObject$1,
	secrets: record$2(zName, zHash),
	actor: strictObject({
		party: zName,
		key: zBytes.exactOptional()
	}),
	at: zInstant,
	basis: int().min(0)
});
const zSessionGrant = strictObject({
	v: literal(1),
	installation: string().min(1).max(100),
	lot: zName.nullable(),
	seat: zName.nullable(),
	publicKey: zBytes,
	notBefore: zInstant,
	notAfter: zInstant
});
const zSigner = discriminatedUnion("kind", [
	strictObject({
		kind: literal("certificate"),
		certificate: zBytes
	}),
	strictObject({
		kind: literal("session"),
		certificate: zBytes,
		grant: zSessionGrant,
		grantSignature: zBytes
	}),
	strictObject({
		kind: literal("node"),
		name: zName,
		publicKey: zBytes
	})
]);
const zOpening = strictObject({
	salt: zBytes.length(43),
	text: string()
});
const zSignedCommand = strictObject({
	command: zCommand,
	signer: zSigner,
	signature: zBytes,
	keySignature: zBytes.exactOptional(),
	openings: record$2(zName, zOpening).default({})
});
const ENGINE_ID_MAX = 120;
const zContext = strictObject({
	v: literal(1),
	at: zInstant,
	engine: string().max(120),
	actor: strictObject({
		party: zName,
		assurance: _enum([
			"certificate",
			"session",
			"node"
		])
	}),
	certificate: _enum(["good", "node"]),
	facts: zJsonObject$1
});
const zOutcome = discriminatedUnion("ok", [strictObject({
	ok: literal(true),
	id: zUuid,
	origin: string(),
	seq: int().min(0),
	at: zInstant,
	leaf: zHash
}), strictObject({
	ok: literal(false),
	id: string(),
	code: string(),
	message: string(),
	at: zInstant
})]);
const zAnswer = strictObject({
	outcome: zOutcome,
	proof: strictObject({
		index: int().min(0),
		size: int().min(1),
		path: array(zHash),
		root: zHash,
		signature: zBytes,
		key: zBytes
	})
});

const zEntryHeader = strictObject({
	v: literal(1),
	seq: int().min(0),
	at: zInstant,
	type: string(),
	parts: record$2(string(), zHash)
});
const PART = {
	skeleton: "skeleton",
	command: "command",
	sig: "sig",
	who: "who"
};
const isSecretPart = (part) => part.startsWith("x:") || part.startsWith("d:");
const zCommandPart = strictObject({
	command: zCommand,
	context: zContext
});
const zSigPart = strictObject({ signature: zBytes });
const zWhoPart = strictObject({
	signer: zSigner,
	signature: zBytes,
	person: strictObject({
		id: string(),
		name: string()
	}).nullable(),
	organisation: strictObject({
		id: string(),
		name: string()
	}).nullable(),
	evidence: strictObject({
		chain: array(zBytes),
		revocation: zBytes.nullable()
	})
});
const zSentEntry = strictObject({
	header: zEntryHeader,
	parts: record$2(string(), zOpening)
});

const zInstallation = object$1({
	name: string(),
	venue: zName,
	venueRole: _enum([
		"main",
		"sub",
		"supervision"
	]),
	now: zInstant,
	engine: string(),
	foundingRules: _enum(["released", "next"]),
	profile: string(),
	platformOrigin: string(),
	answerKey: zBytes,
	logKey: zBytes
});
const zChallenge = object$1({
	challenge: string(),
	expiresAt: zInstant
});
const zLoginStatement = strictObject({
	address: string().max(300),
	installation: string().max(100),
	venue: zName,
	challenge: string().max(400)
});
const zLogin = strictObject({
	statement: zLoginStatement,
	certificate: zBytes.max(8e3),
	signature: zBytes.max(400)
});
const zSessionNow = object$1({
	person: object$1({
		id: string(),
		name: string()
	}),
	organisation: object$1({
		id: string(),
		name: string()
	}).nullable(),
	rights: array(_enum(RIGHTS))
});
const zSession = zSessionNow.extend({
	token: string(),
	expiresAt: zInstant
});
const zLotSummary = object$1({
	lot: zName,
	round: int(),
	origin: string(),
	code: string(),
	name: string(),
	regime: string(),
	status: string(),
	size: int(),
	updatedAt: zInstant,
	nextLimit: object$1({
		name: string(),
		at: zInstant
	}).nullable(),
	parties: array(object$1({
		party: zName,
		roles: array(zRole)
	}))
});
const zExpertCall = object$1({
	from: zInstant,
	venue: zName,
	city: string(),
	seat: zName.nullable(),
	signIn: object$1({
		lot: zName,
		round: int(),
		origin: string(),
		party: zName,
		isKeyed: boolean()
	}).nullable()
});
const zTask = object$1({
	lot: zName,
	round: int(),
	name: string(),
	regime: string(),
	party: zName,
	command: string(),
	until: zInstant.nullable()
});
const zEntryPage = object$1({
	origin: string(),
	size: int(),
	entries: array(zSentEntry),
	next: int().nullable()
});
const zVenueLine = object$1({
	venue: zName,
	name: string(),
	role: _enum([
		"main",
		"sub",
		"supervision"
	]),
	line: _enum([
		"up",
		"down",
		"degraded"
	]),
	since: zInstant,
	waiting: int(),
	replicated: record$2(string(), int())
});
const zHead = object$1({
	origin: string(),
	checkpoint: string()
});
const zProblem = object$1({
	code: string(),
	message: string(),
	requestId: string()
});

function isBytes$3(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
const atitle$2 = (title) => title ? `"${title}" ` : "";
function anumber$3(n, title = "") {
	if (typeof n !== "number") throw new TypeError(atitle$2(title) + "expected number, got " + typeof n);
	if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(atitle$2(title) + "expected integer >= 0, got " + n);
	return n;
}
function abytes$3(value, length, title = "") {
	if (isBytes$3(value) && (length === void 0 || value.length === length)) return value;
	if (length !== void 0) anumber$3(length, "length");
	const bytes = isBytes$3(value);
	const ofLen = length !== void 0 ? ` of length ${length}` : "";
	const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
	const message = atitle$2(title) + "expected Uint8Array" + ofLen + ", got " + got;
	if (!bytes) throw new TypeError(message);
	throw new RangeError(message);
}
function ahash(h) {
	if (typeof h !== "function" || typeof h.create !== "function") throw new TypeError("expected hash wrapped by utils.createHasher");
	anumber$3(h.outputLen);
	anumber$3(h.blockLen);
	if (h.outputLen < 1 || h.blockLen < 1) throw new Error("hash blockLen / outputLen must be >= 1");
}
const aobject$2 = (value, label) => {
	if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError((label === "object" ? "" : `"${label}" `) + "expected object, got type=" + typeof value);
};
const aopts = (value, label) => {
	aobject$2(value, label);
	const proto = Object.getPrototypeOf(value);
	if (proto !== Object.prototype && proto !== null) throw new TypeError(`"${label}" expected plain object`);
	if (Object.hasOwn(value, "__proto__")) throw new TypeError(`"${label}.__proto__" is not allowed`);
};
function aexists$1(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("hash was destroyed");
	if (checkFinished && instance.finished) throw new Error("digest() was already called");
}
function aoutput$1(out, instance) {
	abytes$3(out, void 0, "output");
	const min = instance.outputLen;
	if (!(out.length >= min)) throw new RangeError("\"output\" expected length >= " + min);
}
function clean$1(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
function createView$1(arr) {
	return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
function rotr(word, shift) {
	return word << 32 - shift | word >>> shift;
}
const hasHexBuiltin$1 = /* @__PURE__ */ (() => typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function")();
const hexes = /* @__PURE__ */ Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
function bytesToHex$1(bytes) {
	abytes$3(bytes);
	if (hasHexBuiltin$1) return bytes.toHex();
	let hex = "";
	for (let i = 0; i < bytes.length; i++) hex += hexes[bytes[i]];
	return hex;
}
function asciiToBase16(ch) {
	return ch >= 48 && ch <= 57 ? ch - 48 : ch >= 65 && ch <= 70 ? ch - 55 : ch >= 97 && ch <= 102 ? ch - 87 : void 0;
}
function hexToBytes$1(hex) {
	if (typeof hex !== "string") throw new TypeError("hex string expected, got " + typeof hex);
	if (hasHexBuiltin$1) try {
		return Uint8Array.fromHex(hex);
	} catch (error) {
		if (error instanceof SyntaxError) throw new RangeError(error.message);
		throw error;
	}
	const hl = hex.length;
	const al = hl / 2;
	if (hl % 2) throw new RangeError("hex string expected, got unpadded hex of length " + hl);
	const array = new Uint8Array(al);
	for (let ai = 0, hi = 0; ai < al; ai++, hi += 2) {
		const n1 = asciiToBase16(hex.charCodeAt(hi));
		const n2 = asciiToBase16(hex.charCodeAt(hi + 1));
		if (n1 === void 0 || n2 === void 0) {
			const char = hex[hi] + hex[hi + 1];
			throw new RangeError("hex string expected, got non-hex character \"" + char + "\" at index " + hi);
		}
		array[ai] = n1 * 16 + n2;
	}
	return array;
}
function concatBytes$2(...arrays) {
	let sum = 0;
	for (let i = 0; i < arrays.length; i++) {
		const a = arrays[i];
		abytes$3(a);
		sum += a.length;
	}
	const res = new Uint8Array(sum);
	for (let i = 0, pad = 0; i < arrays.length; i++) {
		const a = arrays[i];
		res.set(a, pad);
		pad += a.length;
	}
	return res;
}
function checkOpts$1(defaults, opts, title = "opts") {
	aopts(defaults, "defaults");
	if (opts !== void 0) aopts(opts, title);
	return Object.assign(Object.create(null), defaults, opts);
}
function createHasher(hashCons, info = {}) {
	if (typeof hashCons !== "function") throw new TypeError("\"hashCons\" expected function, got type=" + typeof hashCons);
	info = checkOpts$1({}, info, "info");
	const hashC = (msg, opts) => hashCons(opts).update(msg).digest();
	const tmp = hashCons(void 0);
	hashC.outputLen = tmp.outputLen;
	hashC.blockLen = tmp.blockLen;
	hashC.canXOF = tmp.canXOF;
	hashC.create = (opts) => hashCons(opts);
	Object.assign(hashC, info);
	return Object.freeze(hashC);
}
function randomBytes$1(bytesLength = 32) {
	anumber$3(bytesLength, "bytesLength");
	const cr = typeof globalThis === "object" ? globalThis.crypto : null;
	if (typeof cr?.getRandomValues !== "function") throw new Error("crypto.getRandomValues must be defined");
	if (bytesLength > 65536) throw new RangeError(`"bytesLength" expected <= 65536, got ${bytesLength}`);
	return cr.getRandomValues(new Uint8Array(bytesLength));
}
const oidNist = (suffix) => ({ oid: Uint8Array.from([
	6,
	9,
	96,
	134,
	72,
	1,
	101,
	3,
	4,
	2,
	suffix
]) });

/*! scure-base - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const freeze = (fn) => Object.freeze(fn());
function isBytes$2(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
function abytes$2(b) {
	if (!isBytes$2(b)) throw new TypeError("Uint8Array expected");
}
function isArrayOf(isString, arr) {
	if (!Array.isArray(arr)) return false;
	if (arr.length === 0) return true;
	if (isString) return arr.every((item) => typeof item === "string");
	else return arr.every((item) => Number.isSafeInteger(item));
}
function afn(input) {
	if (typeof input !== "function") throw new TypeError("function expected");
	return true;
}
function astr(label, input) {
	if (typeof input !== "string") throw new TypeError(`${label}: string expected`);
	return true;
}
function anumber$2(n, title = "number") {
	if (typeof n !== "number") throw new TypeError(`${title}: expected number, got ${typeof n}`);
	if (!Number.isSafeInteger(n)) throw new RangeError(`${title}: expected safe integer, got ${n}`);
}
function anumArr(label, input) {
	if (!isArrayOf(false, input)) throw new TypeError(`${label}: array of numbers expected`);
}
function chain(...args) {
	const id = (a) => a;
	const wrap = (a, b) => (c) => a(b(c));
	return {
		encode: args.map((x) => x.encode).reduceRight(wrap, id),
		decode: args.map((x) => x.decode).reduce(wrap, id)
	};
}
function normalize(fn) {
	afn(fn);
	return {
		encode: (from) => from,
		decode: (to) => fn(to)
	};
}
const powers = /* @__PURE__ */ (() => {
	let res = [];
	for (let i = 0; i < 40; i++) res.push(2 ** i);
	return res;
})();
function u8ToNumArr(u8, len = u8.length) {
	const res = new Array(len);
	for (let i = 0; i < len; i++) res[i] = u8[i];
	return res;
}
const asciiDecoder = /* @__PURE__ */ (() => {
	try {
		const decoder = new TextDecoder();
		return decoder.decode(Uint8Array.of(65, 48, 43, 127)) === "A0+" ? decoder : void 0;
	} catch (e) {
		return;
	}
})();
const B2S_CHUNK = 8192;
function charcodesToString(codes) {
	const len = codes.length;
	if (asciiDecoder !== void 0 && len >= 12) return asciiDecoder.decode(codes);
	if (len <= B2S_CHUNK) return String.fromCharCode.apply(null, codes);
	let res = "";
	for (let i = 0; i < len; i += B2S_CHUNK) res += String.fromCharCode.apply(null, codes.subarray(i, i + B2S_CHUNK));
	return res;
}
function radix2(bits) {
	anumber$2(bits);
	if (bits <= 0 || bits > 8) throw new RangeError("radix2: bits should be in (0..8]");
	const mask = powers[bits] - 1;
	return {
		encode: (bytes) => {
			abytes$2(bytes);
			const len = bytes.length;
			const res = new Uint8Array(Math.ceil(len * 8 / bits));
			let carry = 0;
			let pos = 0;
			let j = 0;
			for (let i = 0; i < len;) {
				if (i + 2 < len) {
					carry = carry << 24 | bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2];
					pos += 24;
					i += 3;
				} else {
					carry = (carry << 8 | bytes[i]) & 65535;
					pos += 8;
					i++;
				}
				for (;;) {
					pos -= bits;
					res[j++] = carry >> pos & mask;
					if (pos < bits) break;
				}
			}
			if (pos > 0) res[j] = carry << bits - pos & mask;
			return res;
		},
		decode: (digits) => {
			const len = digits.length;
			const res = new Uint8Array(Math.floor(len * bits / 8));
			let carry = 0;
			let pos = 0;
			let j = 0;
			for (let i = 0; i < len; i++) {
				carry = (carry << bits | digits[i]) & 65535;
				pos += bits;
				for (; pos >= 8; pos -= 8) res[j++] = carry >> pos - 8 & 255;
			}
			carry = carry << 8 - pos & 255;
			if (pos >= bits) throw new Error("Excess padding");
			if (carry > 0) throw new Error(`Non-zero padding: ${carry}`);
			return res;
		}
	};
}
function alphabet(letters, aliases) {
	const len = letters.length;
	if (len > 128) throw new Error("alphabet: max 128 letters");
	const encTable = new Uint8Array(len);
	const decTable = (/* @__PURE__ */ new Int8Array(128)).fill(-1);
	for (let i = 0; i < len; i++) {
		const code = letters.charCodeAt(i);
		if (letters.codePointAt(i) !== code || code > 127) throw new Error("alphabet: single-char ASCII letters only");
		encTable[i] = code;
		decTable[code] = i;
	}
	if (aliases !== void 0) for (const alias of Object.keys(aliases)) {
		const code = alias.charCodeAt(0);
		const target = decTable[aliases[alias].charCodeAt(0)];
		if (alias.length !== 1 || code > 127 || target === void 0 || target === -1) throw new Error(`alphabet: invalid alias ${alias}`);
		decTable[code] = target;
	}
	return {
		encode: (digits) => {
			const codes = new Uint8Array(digits.length);
			for (let i = 0; i < digits.length; i++) {
				const d = digits[i];
				const code = encTable[d];
				if (code === void 0) throw new Error(`alphabet.encode: invalid digit ${d}`);
				codes[i] = code;
			}
			return charcodesToString(codes);
		},
		decode: (input) => {
			astr("decode", input);
			const slen = input.length;
			const digits = new Uint8Array(slen);
			for (let i = 0; i < slen; i++) {
				const code = input.charCodeAt(i);
				const digit = code < 128 ? decTable[code] : -1;
				if (digit === -1) throw new Error(`Unknown letter "${input[i]}". Allowed: ${letters}`);
				digits[i] = digit;
			}
			return digits;
		}
	};
}
function padding(bits, chr = "=") {
	anumber$2(bits);
	astr("padding", chr);
	return {
		encode(data) {
			while (data.length * bits % 8) data += chr;
			return data;
		},
		decode(input) {
			astr("decode", input);
			let end = input.length;
			if (end * bits % 8) throw new Error("padding: invalid length");
			for (; end > 0 && input[end - 1] === chr; end--) if ((end - 1) * bits % 8 === 0) throw new Error("padding: excess padding");
			return input.slice(0, end);
		}
	};
}
function unsafeWrapper(fn) {
	afn(fn);
	return function(...args) {
		try {
			return fn.apply(null, args);
		} catch (e) {}
	};
}
const hasBase64Builtin = /* @__PURE__ */ (() => typeof Uint8Array.from([]).toBase64 === "function" && typeof Uint8Array.fromBase64 === "function")();
const ASCII_WHITESPACE = /[\t\n\f\r ]/;
const decodeBase64Builtin = (s, isUrl) => {
	astr("base64", s);
	const alphabet = isUrl ? "base64url" : "base64";
	if (s.length > 0 && ASCII_WHITESPACE.test(s)) throw new Error("invalid base64");
	return Uint8Array.fromBase64(s, {
		alphabet,
		lastChunkHandling: "strict"
	});
};
const base64Fallback = /* @__PURE__ */ freeze(() => chain(radix2(6), alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"), padding(6)));
const base64 = /* @__PURE__ */ freeze(() => hasBase64Builtin ? {
	encode(b) {
		abytes$2(b);
		return b.toBase64();
	},
	decode(s) {
		return decodeBase64Builtin(s, false);
	}
} : base64Fallback);
const base64nopad = /* @__PURE__ */ freeze(() => chain(radix2(6), alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")));
const base64urlnopad = /* @__PURE__ */ freeze(() => chain(radix2(6), alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")));
const BECH_ALPHABET = /* @__PURE__ */ alphabet("qpzry9x8gf2tvdw0s3jn54khce6mua7l");
const BECH_UPPERCASE_PRINTABLE = /^[\x21-\x60\x7b-\x7e]+$/;
function assertBech32Printable(label, value) {
	for (let i = 0; i < value.length; i++) {
		const c = value.charCodeAt(i);
		if (c < 33 || c > 126) throw new Error(`${label}: printable ASCII expected`);
	}
}
function wordsToU8(words) {
	const len = words.length;
	const res = new Uint8Array(len);
	for (let i = 0; i < len; i++) {
		const w = words[i];
		if (w < 0 || w >= 32) throw new Error(`alphabet.encode: invalid digit ${w}`);
		res[i] = w;
	}
	return res;
}
const POLYMOD_GENERATORS = [
	996825010,
	642813549,
	513874426,
	1027748829,
	705979059
];
function bech32Polymod(pre) {
	const b = pre >> 25;
	let chk = (pre & 33554431) << 5;
	for (let i = 0; i < POLYMOD_GENERATORS.length; i++) if ((b >> i & 1) === 1) chk ^= POLYMOD_GENERATORS[i];
	return chk;
}
function bechChecksum(prefix, words, encodingConst = 1) {
	const len = prefix.length;
	let chk = 1;
	for (let i = 0; i < len; i++) {
		const c = prefix.charCodeAt(i);
		if (c < 33 || c > 126) throw new Error(`Invalid prefix (${prefix})`);
		chk = bech32Polymod(chk) ^ c >> 5;
	}
	chk = bech32Polymod(chk);
	for (let i = 0; i < len; i++) chk = bech32Polymod(chk) ^ prefix.charCodeAt(i) & 31;
	for (let v of words) chk = bech32Polymod(chk) ^ v;
	for (let i = 0; i < 6; i++) chk = bech32Polymod(chk);
	chk ^= encodingConst;
	const sum = /* @__PURE__ */ new Uint8Array(6);
	for (let i = 0; i < 6; i++) sum[i] = chk >>> 5 * (5 - i) & 31;
	return BECH_ALPHABET.encode(sum);
}
function genBech32(encoding) {
	const ENCODING_CONST = encoding === "bech32" ? 1 : 734539939;
	const _words = radix2(5);
	const toWords = (from) => {
		abytes$2(from);
		const len = from.length;
		const res = new Array(Math.ceil(len * 8 / 5));
		let carry = 0;
		let pos = 0;
		let j = 0;
		for (let i = 0; i < len; i++) {
			carry = carry << 8 | from[i];
			pos += 8;
			for (; pos >= 5; pos -= 5) res[j++] = carry >> pos - 5 & 31;
		}
		if (pos > 0) res[j] = carry << 5 - pos & 31;
		return res;
	};
	const fromWords = (to) => {
		anumArr("radix2.decode", to);
		const len = to.length;
		const digits = new Uint8Array(len);
		for (let i = 0; i < len; i++) {
			const w = to[i];
			if (w < 0 || w >= 32) throw new Error(`convertRadix2: invalid word=${w}`);
			digits[i] = w;
		}
		return _words.decode(digits);
	};
	const fromWordsUnsafe = unsafeWrapper(fromWords);
	function encode(prefix, words, limit = 90) {
		astr("bech32.encode prefix", prefix);
		if (limit !== false) anumber$2(limit, "limit");
		if (isBytes$2(words)) words = u8ToNumArr(words);
		anumArr("bech32.encode", words);
		const plen = prefix.length;
		if (plen === 0) throw new TypeError(`Invalid prefix length ${plen}`);
		const actualLength = plen + 7 + words.length;
		if (limit !== false && actualLength > limit) throw new TypeError(`Length ${actualLength} exceeds limit ${limit}`);
		assertBech32Printable("bech32.encode prefix", prefix);
		const lowered = prefix.toLowerCase();
		const sum = bechChecksum(lowered, words, ENCODING_CONST);
		return `${lowered}1${BECH_ALPHABET.encode(wordsToU8(words))}${sum}`;
	}
	function decode(str, limit = 90) {
		astr("bech32.decode input", str);
		if (limit !== false) anumber$2(limit, "limit");
		const slen = str.length;
		if (slen < 8 || limit !== false && slen > limit) throw new TypeError(`invalid string length ${slen}, expected (8..${limit})`);
		const lowered = str.toLowerCase();
		if (str !== lowered) {
			if (!BECH_UPPERCASE_PRINTABLE.test(str)) {
				assertBech32Printable("bech32.decode input", str);
				throw new Error(`mixed-case string not allowed`);
			}
		}
		const sepIndex = lowered.lastIndexOf("1");
		if (sepIndex === 0 || sepIndex === -1) throw new Error(`invalid separator "1"`);
		const prefix = lowered.slice(0, sepIndex);
		const data = lowered.slice(sepIndex + 1);
		if (data.length < 6) throw new Error("invalid data length");
		const digits = BECH_ALPHABET.decode(data);
		const words = u8ToNumArr(digits, digits.length - 6);
		const sum = bechChecksum(prefix, words, ENCODING_CONST);
		if (!data.endsWith(sum)) throw new Error(`Invalid checksum in ${str}`);
		return {
			prefix,
			words
		};
	}
	const decodeUnsafe = unsafeWrapper(decode);
	function decodeToBytes(str, limit = 90) {
		const { prefix, words } = decode(str, limit);
		return {
			prefix,
			words,
			bytes: fromWords(words)
		};
	}
	function encodeFromBytes(prefix, bytes) {
		return encode(prefix, toWords(bytes));
	}
	return {
		encode,
		decode,
		encodeFromBytes,
		decodeToBytes,
		decodeUnsafe,
		fromWords,
		fromWordsUnsafe,
		toWords
	};
}
const bech32 = /* @__PURE__ */ freeze(() => genBech32("bech32"));
const hexFallback = /* @__PURE__ */ freeze(() => chain(radix2(4), alphabet("0123456789abcdef", {
	A: "a",
	B: "b",
	C: "c",
	D: "d",
	E: "e",
	F: "f"
}), normalize((s) => {
	astr("hex", s);
	if (s.length % 2 !== 0) throw new TypeError(`hex.decode: odd-length string (${s.length})`);
	return s;
})));
const hasHexBuiltin = /* @__PURE__ */ (() => typeof Uint8Array.from([]).toHex === "function" && typeof Uint8Array.fromHex === "function")();
const hexBuiltin = {
	encode(data) {
		abytes$2(data);
		return data.toHex();
	},
	decode(s) {
		astr("hex", s);
		return Uint8Array.fromHex(s);
	}
};
const hex = /* @__PURE__ */ freeze(() => hasHexBuiltin ? hexBuiltin : hexFallback);

const toHex = (bytes) => bytesToHex$1(bytes);
const fromHex = (text) => hex.decode(text);
const toBase64Url = (bytes) => base64urlnopad.encode(bytes);
const fromBase64Url = (text) => base64urlnopad.decode(text);
const encoder$2 = new TextEncoder();
const decoder$1 = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
const utf8 = (text) => encoder$2.encode(text);
const fromUtf8 = (bytes) => decoder$1.decode(bytes);
function concatBytes$1(...chunks) {
	const out = new Uint8Array(chunks.reduce((size, chunk) => size + chunk.length, 0));
	let offset = 0;
	for (const chunk of chunks) {
		out.set(chunk, offset);
		offset += chunk.length;
	}
	return out;
}
function equalBytes$2(a, b) {
	if (a.length !== b.length) return false;
	let difference = 0;
	for (let index = 0; index < a.length; index += 1) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
	return difference === 0;
}

const zOrigin = string().min(1).max(400);
const JOBS = {
	"lot:wake": strictObject({ origin: zOrigin }),
	"expert:contact": object$1({ origin: zOrigin }),
	"registry:import": strictObject({ list: zUuid })
};
const JOB_STATES = [
	"WAITING",
	"RUNNING",
	"DONE",
	"DEAD"
];
const zJobProgress = strictObject({
	done: int().min(0),
	total: int().min(0).nullable(),
	report: json().optional()
});
const zJobView = object$1({
	id: zUuid,
	name: string(),
	key: string(),
	state: _enum(JOB_STATES),
	attempts: int(),
	wantedAt: zInstant,
	runAt: zInstant,
	doneAt: zInstant.nullable(),
	code: string().nullable(),
	error: string().nullable(),
	progress: zJobProgress.nullable()
});
const zQueueView = object$1({
	name: string(),
	waiting: int(),
	running: int(),
	dead: int(),
	signAt: zInstant.nullable(),
	isSilent: boolean()
});
const JOB_PAGE_MAX = 200;
const zJobQuery = strictObject({
	state: _enum(JOB_STATES).optional(),
	name: string().max(80).optional(),
	before: string().max(80).optional(),
	limit: number().int().min(1).max(JOB_PAGE_MAX).default(50)
});
const zJobPage = object$1({
	queues: array(zQueueView),
	jobs: array(zJobView),
	next: string().nullable()
});

const zOrganisationName = string().trim().min(1).max(200);
const zCreditCode = string().regex(/^[0-9A-HJ-NP-RTUWXY]{18}$/, "eighteen digits and capital letters without I, O, S, V, Z");
const zPersonName = string().trim().min(1).max(60);
const zSpecialty = string().regex(/^[A-E]\d{2,6}$/, "a letter from A to E and two to six digits");
const zSpecialties = array(zSpecialty).min(1).max(50);
const zCity = string().trim().min(1).max(60);
const zVenueRole = _enum([
	"main",
	"sub",
	"supervision"
]);
const zRegistryImport = strictObject({
	organisations: array(strictObject({
		id: zName,
		name: string().min(1).max(200),
		creditCode: string().length(18)
	})),
	persons: array(strictObject({
		id: zName,
		name: string().min(1).max(60),
		organisation: zName.nullable(),
		duties: array(string()).optional()
	})),
	certificates: array(strictObject({
		person: zName,
		certificate: zBytes,
		encryptionKey: strictObject({
			publicKey: zBytes,
			signature: zBytes
		}).nullable()
	})),
	authorities: array(strictObject({
		certificate: zBytes,
		revocationList: zBytes
	})),
	venues: array(strictObject({
		id: zName,
		name: string(),
		role: zVenueRole,
		city: string(),
		url: string(),
		nodeKey: zBytes,
		witnessKey: string().nullable(),
		rooms: array(strictObject({
			id: zName,
			name: string(),
			seats: array(strictObject({
				id: zName,
				name: string()
			}))
		}))
	})),
	experts: array(strictObject({
		person: zName,
		specialties: zSpecialties,
		city: string(),
		active: boolean()
	})),
	roles: array(strictObject({
		person: zName,
		role: zName
	})).default([])
});

const FOUNDING_PAGE_MAX = 50;
const DEFAULT_FOUNDING_PAGE = 20;
const FOUNDING_SIDES = [
	"tenderer",
	"supervisor",
	"witness"
];
const zFoundingSide = _enum(FOUNDING_SIDES);
const zFoundingLimit = number().int().min(1).max(FOUNDING_PAGE_MAX).default(DEFAULT_FOUNDING_PAGE);
const zNamed$1 = strictObject({
	id: zName,
	name: string()
});
const zFoundingPerson = strictObject({
	person: zNamed$1,
	organisation: zNamed$1.nullable(),
	certificate: zHash
});
const zFoundingPeople = strictObject({
	items: array(zFoundingPerson),
	next: string().nullable()
});
const zFoundingVenue = strictObject({
	venue: zName,
	name: string(),
	role: zVenueRole,
	city: string(),
	nodeKey: zBytes
});

const REGISTRY_PAGE_MAX = 200;
const DEFAULT_REGISTRY_PAGE = 50;
const zAfter = string().min(1).max(200).optional();
const zPageLimit = number().int().min(1).max(REGISTRY_PAGE_MAX).default(DEFAULT_REGISTRY_PAGE);
const zSearch = string().trim().max(60).optional();
const page = (item) => object$1({
	items: array(item),
	next: string().nullable()
});
const zNamed = object$1({
	id: zName,
	name: string()
});
const zOrganisationPut = strictObject({
	name: zOrganisationName,
	creditCode: zCreditCode,
	basis: zBasis
});
const zOrganisation = object$1({
	id: zName,
	name: string(),
	creditCode: string(),
	version: int()
});
const zOrganisationPage = page(zOrganisation);
const zCertificatePost = strictObject({
	certificate: zBytes.min(1).max(8e3),
	encryptionKey: strictObject({
		publicKey: zBytes.max(400),
		signature: zBytes.max(400)
	}).nullable()
});
const zRevocation = strictObject({ reason: string().trim().min(1).max(200) });
const zRegisteredCertificate = object$1({
	fingerprint: zHash,
	person: zNamed,
	subject: string(),
	issuer: string(),
	serial: string(),
	notBefore: zInstant,
	notAfter: zInstant,
	hasEncryptionKey: boolean(),
	standing: _enum([
		"good",
		"expired",
		"revoked",
		"untrusted"
	]),
	revokedAt: zInstant.nullable(),
	revocationReason: string().nullable()
});
const zCertificatePage = page(zRegisteredCertificate);
const zExpertPut = strictObject({
	specialties: zSpecialties,
	city: zCity,
	active: boolean(),
	basis: zBasis
});
const zExpert = object$1({
	person: zNamed,
	specialties: array(string()),
	city: string(),
	active: boolean(),
	version: int()
});
const zExpertPage = page(zExpert);
const zPersonPut = strictObject({
	name: zPersonName,
	organisation: zName.nullable(),
	basis: zBasis
});
const zPerson$1 = object$1({
	id: zName,
	name: string(),
	organisation: zNamed.nullable(),
	roles: array(zName),
	isExpert: boolean()
});
const zPersonPage = page(zPerson$1);
const zPersonDetail = zPerson$1.extend({
	version: int(),
	rights: array(zRight),
	expert: zExpert.nullable(),
	certificates: array(zRegisteredCertificate)
});
const zNodePut = strictObject({
	name: string().trim().min(1).max(100),
	role: zVenueRole,
	city: zCity,
	url: url({ protocol: /^https?$/ }).max(200),
	nodeKey: zBytes.min(1).max(400),
	witnessKey: string().max(400).nullable(),
	basis: zBasis
});
const zRegisteredNode = zNodePut.omit({ basis: true }).extend({
	id: zName,
	rooms: array(zNamed.extend({ seats: array(zNamed) })),
	version: int()
});
const zAuthorityPut = strictObject({
	certificate: zBytes.min(1).max(8e3),
	revocationList: zBytes.min(1).max(19e5)
});
const zRegisteredAuthority = object$1({
	fingerprint: zHash,
	subject: string(),
	notBefore: zInstant,
	notAfter: zInstant,
	list: object$1({
		thisUpdate: zInstant,
		nextUpdate: zInstant.nullable(),
		revoked: int()
	}),
	version: int()
});
const REGISTRY_KINDS = [
	"person",
	"organisation",
	"certificate",
	"expert",
	"venue",
	"room",
	"seat",
	"authority",
	"role",
	"grant",
	"list",
	"key",
	"lot-import"
];
const zRegistryKind = _enum(REGISTRY_KINDS);
const REGISTRY_ACTIONS = [
	"put",
	"bind",
	"revoke",
	"grant",
	"take",
	"remove",
	"import"
];
const zRegistryAction = _enum(REGISTRY_ACTIONS);
const zRegistryChange = object$1({
	version: int(),
	at: zInstant,
	by: zNamed.nullable(),
	key: zNamed.nullable(),
	act: zUuid,
	action: zRegistryAction,
	kind: zRegistryKind,
	subject: string(),
	hash: zHash,
	place: object$1({
		seq: int(),
		index: int()
	}).nullable()
});
const zChangePage = page(zRegistryChange);
const LIST_KINDS = [
	"organisations",
	"people",
	"experts",
	"certificates"
];
const zListKind = _enum(LIST_KINDS);
const zListFormat = _enum(["csv", "json"]);
const zListState = _enum([
	"waiting",
	"running",
	"stopped",
	"done",
	"refused"
]);
const zListName = string().trim().min(1).max(200);
const zListImport = object$1({
	id: zUuid,
	kind: zListKind,
	format: zListFormat,
	fileName: string(),
	sizeBytes: int(),
	sha: zHash,
	by: zNamed,
	at: zInstant,
	state: zListState,
	lines: int(),
	changed: int(),
	unchanged: int(),
	faults: int(),
	code: string().nullable(),
	message: string().nullable(),
	finishedAt: zInstant.nullable()
});
const zListImportPage = page(zListImport);
const zListFault = object$1({
	line: int(),
	column: string(),
	code: string(),
	message: string()
});
const zListFaultPage = page(zListFault);

const KEY_RIGHTS = ["lots:import", "jobs:read"];
const zKeyRight = _enum(KEY_RIGHTS);
const KEY_DAYS_MAX = 366;
const zKeyName = string().trim().min(1).max(60);
const zApiKeyPost = strictObject({
	name: zKeyName,
	organisation: zName,
	rights: array(zKeyRight).min(1).max(KEY_RIGHTS.length),
	days: int().min(1).max(KEY_DAYS_MAX)
});
const zApiKey = object$1({
	id: zName,
	name: string(),
	organisation: zNamed,
	rights: array(zKeyRight),
	by: zNamed,
	at: zInstant,
	endsAt: zInstant,
	usedAt: zInstant.nullable(),
	standing: _enum([
		"good",
		"expired",
		"revoked"
	]),
	revocationReason: string().nullable()
});
const zApiKeyPage = object$1({
	items: array(zApiKey),
	next: string().nullable()
});
const KEY_TOKEN = /^gpk_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const zIssuedKey = object$1({
	key: zApiKey,
	token: string().regex(KEY_TOKEN)
});

const zQuestion = strictObject({
	id: zUuid,
	at: zInstant,
	kind: _enum(["question", "objection"]),
	text: string(),
	due: zInstant.nullable()
});

const ROUND_MAX = 99;
const zLotRound = {
	lot: zName,
	round: int().min(1).max(ROUND_MAX)
};
const zRoundQuery = number().int().min(1).max(ROUND_MAX).default(1);
const zFromQuery = number().int().min(0).default(0);
const zSentCommand = looseObject({}).describe("A signed command (libs/contracts/src/command.ts).");
const LOTS_MESSAGES = {
	"lot:watch": {
		payload: strictObject({
			...zLotRound,
			from: int().min(0),
			secrets: int().min(0).optional()
		}),
		data: object$1({ size: int() })
	},
	"lot:leave": {
		payload: strictObject(zLotRound),
		data: _null()
	},
	"command:submit": {
		payload: zSentCommand,
		data: zAnswer
	},
	"head:want": {
		payload: strictObject(zLotRound),
		data: _null()
	}
};
object$1({
	...zLotRound,
	entries: array(zSentEntry)
}), object$1(zLotRound), object$1({
	code: string(),
	message: string()
}), object$1({ rights: array(zRight) }), array(zVenueLine), zHead.extend(zLotRound);

const zTrust = strictObject({
	v: literal(1),
	installation: string().min(1).max(100),
	roots: array(zBytes).min(1).max(100),
	logKey: zBytes,
	policy: string().min(1).max(65536),
	nodeKeys: record$2(zName, zBytes)
});
const zTrustChange = strictObject({
	trust: zTrust,
	note: string().max(65536)
});

const zUploadState = _enum([
	"open",
	"stored",
	"refused"
]);
const zUploadReceipt = object$1({
	id: zUuid,
	hash: zHash,
	size: int().min(1),
	received: int().min(0),
	state: zUploadState,
	createdAt: zInstant,
	lastByteAt: zInstant
});
const zUploadReceipts = array(zUploadReceipt);
const zBidPartEntry = object$1({
	id: string(),
	type: string(),
	title: string(),
	media: string(),
	size: int().min(0),
	hash: zHash
});

const encoder$1 = new TextEncoder();
const decoder = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});

const VENUE_WIRE = {
	helloSkewMsMax: 3e5,
	pageBytesMax: 1e6,
	pageEntriesMax: 4096,
	pagesInFlightMax: 4,
	deliverRecordsMax: 256,
	deliverBytesMax: 6e5,
	deliverInFlightMax: 2048,
	heartbeatMs: 2e3,
	heartbeatLostMs: 7e3
};
const zVenueHello = strictObject({
	v: literal(1),
	venue: zName,
	installation: string().min(1).max(100),
	at: zInstant,
	nonce: zBytes.length(43)
});
const zVenueWelcome = strictObject({
	...zVenueHello.shape,
	to: zName
});
const zSignedWelcome = strictObject({
	welcome: zVenueWelcome,
	signature: zBytes.max(400)
});
const zMirrorRequest = strictObject({
	...zVenueWelcome.shape,
	origin: string().min(1).max(200),
	from: int().min(0)
});
const zSignedMirrorRequest = strictObject({
	request: zMirrorRequest,
	signature: zBytes.max(400)
});
const zFileRequest = strictObject({
	...zVenueWelcome.shape,
	hash: zHash
});
const zSignedFileRequest = strictObject({
	request: zFileRequest,
	signature: zBytes.max(400)
});
const zVenueHandshake = strictObject({
	hello: zVenueHello,
	signature: zBytes.max(400)
});
const zVenueSubscribe = strictObject({ lots: record$2(string().max(200), strictObject({
	size: int().min(0),
	viewers: array(zName).max(1e3)
})) });
const zOutboxLink = strictObject({
	v: literal(1),
	index: int().min(0),
	prev: zHash,
	command: zHash,
	receivedAt: zInstant
});
const zOutboxRecord = strictObject({
	link: zOutboxLink,
	hash: zHash,
	pass: int().min(0),
	signed: custom((value) => typeof value === "object" && value !== null)
});
const zOutboxDelivery = strictObject({ records: array(zOutboxRecord).min(1).max(VENUE_WIRE.deliverRecordsMax) });
const zOutboxHead = strictObject({
	v: literal(1),
	venue: zName,
	installation: string().max(100),
	at: zInstant,
	count: int().min(0),
	head: zHash
});
const zHeartbeat = strictObject({
	outbox: zOutboxHead,
	signature: zBytes.max(400),
	waiting: int().min(0),
	replicated: record$2(string().max(200), int().min(0)),
	checked: record$2(string().max(200), int().min(0)),
	clockOffsetMs: int().nullable(),
	broken: array(string().max(200)),
	wrong: array(string().max(200)).default([])
});
const zCheckpointWanted = strictObject({ origin: string().min(1).max(200) });
const zVenueRegistry = strictObject({
	v: literal(1),
	version: int().min(0).default(0),
	at: zInstant.default("1970-01-01T00:00:00.000Z"),
	answerKey: zBytes,
	logKey: string(),
	venues: array(strictObject({
		id: zName,
		name: string(),
		role: _enum([
			"main",
			"sub",
			"supervision"
		]),
		nodeKey: zBytes,
		witnessKey: string().nullable()
	})),
	organisations: array(strictObject({
		id: zName,
		name: string()
	})),
	persons: array(strictObject({
		id: zName,
		name: string(),
		organisation: zName.nullable()
	})),
	certificates: array(strictObject({
		person: zName,
		certificate: zBytes
	})),
	authorities: array(strictObject({
		certificate: zBytes,
		revocationList: zBytes
	})),
	seats: array(strictObject({
		origin: string().max(200),
		party: zName,
		roles: array(zRole),
		person: zName
	}))
});

const zWebBundle = strictObject({
	release: string().min(1).max(80),
	manifest: zHash
});

const VERSION_LINE = "age-encryption.org/v1\n";
const RECIPIENT_LABEL = "age-encryption.org/v1/X25519";
const STANZA = /^-> X25519 ([A-Za-z0-9+/]{43})\n([A-Za-z0-9+/]{43})\n$/;
const MAC_LINE = "--- ";
const FILE_KEY_SIZE = 16;
const NO_SALT = /* @__PURE__ */ new Uint8Array(0);
const ZERO_NONCE$1 = /* @__PURE__ */ new Uint8Array(12);
const HEADER_SIZE = 168;
var HeaderError = class extends Error {
	constructor(reason) {
		super(`not a header of this profile: ${reason}`);
		this.name = "HeaderError";
	}
};
function writeHeader(primitives, recipient, fileKey, ephemeral) {
	const share = primitives.agreementPublicKey(ephemeral);
	const wrapKey = wrapKeyOf(primitives, primitives.agree(ephemeral, recipient), share, recipient);
	const body = primitives.aeadSeal(wrapKey, ZERO_NONCE$1, fileKey);
	const text = `${VERSION_LINE}-> X25519 ${base64nopad.encode(share)}\n${base64nopad.encode(body)}\n---`;
	return concatBytes$1(utf8(text), utf8(` ${base64nopad.encode(macOf(primitives, fileKey, utf8(text)))}\n`));
}
function readHeader(header) {
	if (header.length !== 168) throw new HeaderError(`${header.length} bytes instead of ${168}`);
	const text = asText(header);
	const macAt = text.lastIndexOf(`\n${MAC_LINE}`) + 1;
	const stanza = STANZA.exec(text.slice(22, macAt));
	if (!text.startsWith(VERSION_LINE) || stanza === null || !text.endsWith("\n")) throw new HeaderError("shape");
	return {
		share: decode(stanza[1] ?? ""),
		body: decode(stanza[2] ?? ""),
		covered: header.subarray(0, macAt + 3),
		mac: decode(text.slice(macAt + 4, -1))
	};
}
function asText(bytes) {
	try {
		return fromUtf8(bytes);
	} catch {
		throw new HeaderError("not text");
	}
}
function decode(text) {
	let bytes;
	try {
		bytes = base64nopad.decode(text);
	} catch {
		throw new HeaderError("base64");
	}
	if (bytes.length !== 32) throw new HeaderError("size of a field");
	return bytes;
}
function headerFits(primitives, header, fileKey) {
	try {
		const { covered, mac } = readHeader(header);
		return fileKey.length === 16 && equalBytes$2(macOf(primitives, fileKey, covered), mac);
	} catch {
		return false;
	}
}
function wrapKeyOf(primitives, shared, share, recipient) {
	return primitives.derive(shared, concatBytes$1(share, recipient), utf8(RECIPIENT_LABEL), 32);
}
function macOf(primitives, fileKey, covered) {
	return primitives.mac(primitives.derive(fileKey, NO_SALT, utf8("header"), 32), covered);
}
function identityText(privateKey) {
	return bech32.encodeFromBytes("age-secret-key-", privateKey).toUpperCase();
}

const TAG_SIZE = 16;
const SEALED_CHUNK_SIZE = 65552;
var PayloadError = class extends Error {
	constructor(reason) {
		super(`payload does not open: ${reason}`);
		this.name = "PayloadError";
	}
};
function payloadKey(primitives, fileKey, nonce) {
	return primitives.derive(fileKey, nonce, utf8("payload"), 32);
}
function chunkNonce(counter, isLast) {
	const nonce = /* @__PURE__ */ new Uint8Array(12);
	const view = new DataView(nonce.buffer);
	view.setUint32(3, Math.floor(counter / 2 ** 32));
	view.setUint32(7, counter % 2 ** 32);
	nonce[11] = isLast ? 1 : 0;
	return nonce;
}
var Chunker = class {
	#size;
	#kept;
	#filled = 0;
	constructor(size) {
		this.#size = size;
		this.#kept = new Uint8Array(size);
	}
	push(bytes, take) {
		for (let at = 0; at < bytes.length;) {
			if (this.#filled === this.#size) {
				take(this.#kept);
				this.#filled = 0;
			}
			if (this.#filled === 0 && bytes.length - at > this.#size) {
				take(bytes.subarray(at, at + this.#size));
				at += this.#size;
				continue;
			}
			const piece = bytes.subarray(at, at + this.#size - this.#filled);
			this.#kept.set(piece, this.#filled);
			this.#filled += piece.length;
			at += piece.length;
		}
	}
	rest() {
		return this.#kept.subarray(0, this.#filled);
	}
};
var PayloadOpener = class {
	#primitives;
	#key;
	#chunker = new Chunker(SEALED_CHUNK_SIZE);
	#counter = 0;
	constructor(primitives, fileKey, nonce) {
		this.#primitives = primitives;
		this.#key = payloadKey(primitives, fileKey, nonce);
	}
	push(bytes) {
		const out = [];
		this.#chunker.push(bytes, (chunk) => {
			out.push(this.#open(chunk, false));
		});
		return out;
	}
	end() {
		const last = this.#chunker.rest();
		if (last.length < 16) throw new PayloadError("cut off");
		if (this.#counter > 0 && last.length === 16) throw new PayloadError("empty last chunk");
		return [this.#open(last, true)];
	}
	#open(chunk, isLast) {
		try {
			const plain = this.#primitives.aeadOpen(this.#key, chunkNonce(this.#counter, isLast), chunk);
			this.#counter += 1;
			return plain;
		} catch {
			throw new PayloadError(`chunk ${this.#counter}`);
		}
	}
};

const HEAD_SIZE = 168 + 16;
var FileOpener = class {
	#primitives;
	#fileKeyOf;
	#head = new Uint8Array(HEAD_SIZE);
	#filled = 0;
	#payload = null;
	constructor(primitives, fileKeyOf) {
		this.#primitives = primitives;
		this.#fileKeyOf = fileKeyOf;
	}
	push(bytes) {
		if (this.#payload !== null) return this.#payload.push(bytes);
		const taken = bytes.subarray(0, HEAD_SIZE - this.#filled);
		this.#head.set(taken, this.#filled);
		this.#filled += taken.length;
		if (this.#filled < HEAD_SIZE) return [];
		const nonce = this.#head.subarray(168);
		this.#payload = new PayloadOpener(this.#primitives, this.#fileKeyOf(this.#head.subarray(0, 168), nonce), nonce);
		return this.#payload.push(bytes.subarray(taken.length));
	}
	end() {
		if (this.#payload === null) throw new HeaderError("cut off");
		return this.#payload.end();
	}
};

const TAG$1 = {
	command: 1,
	node: 2,
	agreement: 3
};
const SIZE = {
	command: 33,
	node: 32,
	agreement: 32
};
const KINDS = Object.keys(TAG$1);
function encodePublicKey(kind, raw) {
	if (raw.length !== SIZE[kind]) throw new RangeError(`a ${kind} public key has ${SIZE[kind]} bytes, not ${raw.length}`);
	return toBase64Url(concatBytes$1(Uint8Array.of(TAG$1[kind]), raw));
}
function decodePublicKey(text) {
	let bytes;
	try {
		bytes = fromBase64Url(text);
	} catch {
		return null;
	}
	const kind = KINDS.find((name) => TAG$1[name] === bytes[0]);
	return kind === void 0 || bytes.length !== SIZE[kind] + 1 ? null : {
		kind,
		raw: bytes.subarray(1)
	};
}

const EXP = /* @__PURE__ */ new Uint8Array(510);
const LOG = /* @__PURE__ */ new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power += 1) {
	EXP[power] = value;
	EXP[power + 255] = value;
	LOG[value] = power;
	value = value << 1 ^ value ^ (value & 128 ? 283 : 0);
}
const multiply = (a, b) => a === 0 || b === 0 ? 0 : EXP[(LOG[a] ?? 0) + (LOG[b] ?? 0)] ?? 0;
const divide$1 = (a, b) => a === 0 ? 0 : EXP[(LOG[a] ?? 0) + 255 - (LOG[b] ?? 0)] ?? 0;
function shareOf(secret, coefficients, number) {
	return secret.map((constant, at) => {
		let sum = 0;
		for (let degree = coefficients.length - 1; degree >= 0; degree -= 1) sum = multiply(sum ^ (coefficients[degree]?.[at] ?? 0), number);
		return sum ^ constant;
	});
}
function combineShares(shares) {
	const out = new Uint8Array(shares[0]?.value.length ?? 0);
	for (const share of shares) {
		let weight = 1;
		for (const other of shares) if (other !== share) weight = multiply(weight, divide$1(other.number, other.number ^ share.number));
		share.value.forEach((byte, at) => {
			out[at] = (out[at] ?? 0) ^ multiply(byte, weight);
		});
	}
	return out;
}

const MASTER_SIZE = 32;
const ZERO_NONCE = /* @__PURE__ */ new Uint8Array(12);
const SHARE_KEY_SIZE = 32;
function deriver(profile, terms, master) {
	const { purpose, context, threshold } = terms;
	const keepers = terms.keepers.map(({ party, publicKey }) => ({
		party,
		publicKey
	}));
	const salt = profile.hash(canonicalBytes({
		v: 1,
		profile: profile.id,
		purpose,
		context,
		threshold,
		keepers
	}));
	return (label, length) => profile.primitives.derive(master, salt, utf8(`gongping/box/v1/${label}`), length);
}
function boxKeyOf(profile, terms, master) {
	return encodePublicKey("agreement", profile.primitives.agreementPublicKey(deriver(profile, terms, master)("box-key", 32)));
}
function deal(profile, terms, master) {
	const derive = deriver(profile, terms, master);
	const boxSecret = derive("box-key", 32);
	const boxPublic = profile.primitives.agreementPublicKey(boxSecret);
	const coefficients = Array.from({ length: terms.threshold - 1 }, (_unused, at) => derive(`coefficient/${at + 1}`, 32));
	const wraps = terms.keepers.map((keeper, at) => {
		const share = shareOf(master, coefficients, at + 1);
		return toBase64Url(wrapShare(profile, {
			keeper,
			number: at + 1,
			boxPublic,
			ephemeral: derive(`wrap/${at + 1}`, 32),
			share
		}));
	});
	return {
		boxSecret,
		boxPublic,
		boxKey: encodePublicKey("agreement", boxPublic),
		wraps,
		fileKey: derive("file-key", 16),
		fileEphemeral: derive("file-ephemeral", 32),
		payloadNonce: derive("payload-nonce", 16),
		plaintextSalt: toBase64Url(derive("plaintext-salt", 32))
	};
}
function wrapShare(profile, wrapping) {
	const { primitives } = profile;
	const recipient = rawAgreementKey(wrapping.keeper.publicKey);
	const ephemeral = primitives.agreementPublicKey(wrapping.ephemeral);
	const key = wrapKey(profile, primitives.agree(wrapping.ephemeral, recipient), ephemeral, recipient, wrapping);
	return concatBytes$1(ephemeral, primitives.aeadSeal(key, ZERO_NONCE, wrapping.share));
}
function unwrapShare(profile, wrap, privateKey, place) {
	const { primitives } = profile;
	const ephemeral = wrap.subarray(0, SHARE_KEY_SIZE);
	const key = wrapKey(profile, primitives.agree(privateKey, ephemeral), ephemeral, rawAgreementKey(place.keeper.publicKey), place);
	return primitives.aeadOpen(key, ZERO_NONCE, wrap.subarray(SHARE_KEY_SIZE));
}
function wrapKey(profile, shared, ephemeral, recipient, { keeper, number, boxPublic }) {
	const info = concatBytes$1(utf8(`gongping/box/v1/wrap-key/${number}/${keeper.party}/`), boxPublic);
	return profile.primitives.derive(shared, concatBytes$1(ephemeral, recipient), info, 32);
}
function rawAgreementKey(text) {
	const key = decodePublicKey(text);
	if (key?.kind !== "agreement") throw new Error("not a key to encrypt to");
	return key.raw;
}

const U32_MASK64 = /* @__PURE__ */ (() => BigInt(2 ** 32 - 1))();
const _32n = /* @__PURE__ */ BigInt(32);
function fromBig(n, le = false) {
	if (le) return {
		h: Number(n & U32_MASK64),
		l: Number(n >> _32n & U32_MASK64)
	};
	return {
		h: Number(n >> _32n & U32_MASK64) | 0,
		l: Number(n & U32_MASK64) | 0
	};
}
function split(lst, le = false) {
	const len = lst.length;
	let Ah = new Uint32Array(len);
	let Al = new Uint32Array(len);
	for (let i = 0; i < len; i++) {
		const { h, l } = fromBig(lst[i], le);
		[Ah[i], Al[i]] = [h, l];
	}
	return [Ah, Al];
}
const fromNumH = (n) => n / 2 ** 32 | 0;
const fromNumL = (n) => n >>> 0;
function setU64FromNum(view, byteOffset, n, isLE) {
	const h = fromNumH(n);
	const l = fromNumL(n);
	view.setUint32(byteOffset, isLE ? l : h, isLE);
	view.setUint32(byteOffset + 4, isLE ? h : l, isLE);
}
const shrSH = (h, _l, s) => h >>> s;
const shrSL = (h, l, s) => h << 32 - s | l >>> s;
const rotrSH = (h, l, s) => h >>> s | l << 32 - s;
const rotrSL = (h, l, s) => h << 32 - s | l >>> s;
const rotrBH = (h, l, s) => h << 64 - s | l >>> s - 32;
const rotrBL = (h, l, s) => h >>> s - 32 | l << 64 - s;
function add$1(Ah, Al, Bh, Bl) {
	const l = (Al >>> 0) + (Bl >>> 0);
	return {
		h: Ah + Bh + (l / 2 ** 32 | 0) | 0,
		l: l | 0
	};
}
const add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0);
const add3H = (low, Ah, Bh, Ch) => Ah + Bh + Ch + (low / 2 ** 32 | 0) | 0;
const add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0);
const add4H = (low, Ah, Bh, Ch, Dh) => Ah + Bh + Ch + Dh + (low / 2 ** 32 | 0) | 0;
const add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0);
const add5H = (low, Ah, Bh, Ch, Dh, Eh) => Ah + Bh + Ch + Dh + Eh + (low / 2 ** 32 | 0) | 0;

function Chi(a, b, c) {
	return a & b ^ ~a & c;
}
function Maj(a, b, c) {
	return a & b ^ a & c ^ b & c;
}
var HashMD = class {
	blockLen;
	outputLen;
	canXOF = false;
	padOffset;
	isLE;
	buffer;
	view;
	finished = false;
	length = 0;
	pos = 0;
	destroyed = false;
	constructor(blockLen, outputLen, padOffset, isLE) {
		this.blockLen = blockLen;
		this.outputLen = outputLen;
		this.padOffset = padOffset;
		this.isLE = isLE;
		this.buffer = new Uint8Array(blockLen);
		this.view = createView$1(this.buffer);
	}
	update(data) {
		aexists$1(this);
		abytes$3(data);
		const { view, buffer, blockLen } = this;
		const len = data.length;
		let processed = false;
		for (let pos = 0; pos < len;) {
			const take = Math.min(blockLen - this.pos, len - pos);
			if (take === blockLen) {
				const dataView = createView$1(data);
				for (; blockLen <= len - pos; pos += blockLen) this.process(dataView, pos);
				processed = true;
				continue;
			}
			buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos);
			this.pos += take;
			pos += take;
			if (this.pos === blockLen) {
				this.process(view, 0);
				this.pos = 0;
				processed = true;
			}
		}
		this.length += data.length;
		if (processed) this.roundClean();
		return this;
	}
	digestInto(out) {
		aexists$1(this);
		aoutput$1(out, this);
		this.finished = true;
		const { buffer, view, blockLen, isLE } = this;
		let { pos } = this;
		buffer[pos++] = 128;
		buffer.fill(0, pos);
		if (this.padOffset > blockLen - pos) {
			this.process(view, 0);
			buffer.fill(0);
		}
		setU64FromNum(view, blockLen - 8, this.length * 8, isLE);
		this.process(view, 0);
		this.roundClean();
		const oview = out === buffer ? view : createView$1(out);
		const len = this.outputLen;
		const outLen = len / 4;
		const state = this.get();
		if (len % 4 || outLen > state.length) throw new Error("invalid outputLen");
		for (let i = 0; i < outLen; i++) oview.setUint32(4 * i, state[i], isLE);
	}
	digest() {
		const { buffer, outputLen } = this;
		this.digestInto(buffer);
		const res = buffer.slice(0, outputLen);
		this.destroy();
		return res;
	}
	_cloneIntoMeta(to) {
		const { buffer, length, finished, destroyed, pos } = this;
		to.destroyed = destroyed;
		to.finished = finished;
		to.length = length;
		to.pos = pos;
		if (pos) to.buffer.set(buffer);
		return to;
	}
	clone() {
		return this._cloneInto();
	}
};
const SHA256_IV = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]);
const SHA512_IV = /* @__PURE__ */ Uint32Array.from([
	1779033703,
	4089235720,
	3144134277,
	2227873595,
	1013904242,
	4271175723,
	2773480762,
	1595750129,
	1359893119,
	2917565137,
	2600822924,
	725511199,
	528734635,
	4215389547,
	1541459225,
	327033209
]);

const SHA256_K = /* @__PURE__ */ Uint32Array.from([
	1116352408,
	1899447441,
	3049323471,
	3921009573,
	961987163,
	1508970993,
	2453635748,
	2870763221,
	3624381080,
	310598401,
	607225278,
	1426881987,
	1925078388,
	2162078206,
	2614888103,
	3248222580,
	3835390401,
	4022224774,
	264347078,
	604807628,
	770255983,
	1249150122,
	1555081692,
	1996064986,
	2554220882,
	2821834349,
	2952996808,
	3210313671,
	3336571891,
	3584528711,
	113926993,
	338241895,
	666307205,
	773529912,
	1294757372,
	1396182291,
	1695183700,
	1986661051,
	2177026350,
	2456956037,
	2730485921,
	2820302411,
	3259730800,
	3345764771,
	3516065817,
	3600352804,
	4094571909,
	275423344,
	430227734,
	506948616,
	659060556,
	883997877,
	958139571,
	1322822218,
	1537002063,
	1747873779,
	1955562222,
	2024104815,
	2227730452,
	2361852424,
	2428436474,
	2756734187,
	3204031479,
	3329325298
]);
const SHA256_W = /* @__PURE__ */ new Uint32Array(64);
var SHA2_32B = class extends HashMD {
	A = 0;
	B = 0;
	C = 0;
	D = 0;
	E = 0;
	F = 0;
	G = 0;
	H = 0;
	constructor(outputLen, IV) {
		super(64, outputLen, 8, false);
		this.A = IV[0] | 0;
		this.B = IV[1] | 0;
		this.C = IV[2] | 0;
		this.D = IV[3] | 0;
		this.E = IV[4] | 0;
		this.F = IV[5] | 0;
		this.G = IV[6] | 0;
		this.H = IV[7] | 0;
	}
	get() {
		const { A, B, C, D, E, F, G, H } = this;
		return [
			A,
			B,
			C,
			D,
			E,
			F,
			G,
			H
		];
	}
	set(A, B, C, D, E, F, G, H) {
		this.A = A | 0;
		this.B = B | 0;
		this.C = C | 0;
		this.D = D | 0;
		this.E = E | 0;
		this.F = F | 0;
		this.G = G | 0;
		this.H = H | 0;
	}
	_cloneInto(to) {
		(to ||= new this.constructor()).set(...this.get());
		return this._cloneIntoMeta(to);
	}
	process(view, offset) {
		for (let i = 0; i < 16; i++, offset += 4) SHA256_W[i] = view.getUint32(offset, false);
		for (let i = 16; i < 64; i++) {
			const W15 = SHA256_W[i - 15];
			const W2 = SHA256_W[i - 2];
			const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ W15 >>> 3;
			const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ W2 >>> 10;
			SHA256_W[i] = s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16] | 0;
		}
		let { A, B, C, D, E, F, G, H } = this;
		for (let i = 0; i < 64; i++) {
			const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25);
			const T1 = H + sigma1 + Chi(E, F, G) + SHA256_K[i] + SHA256_W[i] | 0;
			const T2 = (rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22)) + Maj(A, B, C) | 0;
			H = G;
			G = F;
			F = E;
			E = D + T1 | 0;
			D = C;
			C = B;
			B = A;
			A = T1 + T2 | 0;
		}
		A = A + this.A | 0;
		B = B + this.B | 0;
		C = C + this.C | 0;
		D = D + this.D | 0;
		E = E + this.E | 0;
		F = F + this.F | 0;
		G = G + this.G | 0;
		H = H + this.H | 0;
		this.set(A, B, C, D, E, F, G, H);
	}
	roundClean() {
		clean$1(SHA256_W);
	}
	destroy() {
		this.destroyed = true;
		this.set(0, 0, 0, 0, 0, 0, 0, 0);
		clean$1(this.buffer);
	}
};
var _SHA256 = class extends SHA2_32B {
	constructor() {
		super(32, SHA256_IV);
	}
};
const K512 = /* @__PURE__ */ (() => split([
	"0x428a2f98d728ae22",
	"0x7137449123ef65cd",
	"0xb5c0fbcfec4d3b2f",
	"0xe9b5dba58189dbbc",
	"0x3956c25bf348b538",
	"0x59f111f1b605d019",
	"0x923f82a4af194f9b",
	"0xab1c5ed5da6d8118",
	"0xd807aa98a3030242",
	"0x12835b0145706fbe",
	"0x243185be4ee4b28c",
	"0x550c7dc3d5ffb4e2",
	"0x72be5d74f27b896f",
	"0x80deb1fe3b1696b1",
	"0x9bdc06a725c71235",
	"0xc19bf174cf692694",
	"0xe49b69c19ef14ad2",
	"0xefbe4786384f25e3",
	"0x0fc19dc68b8cd5b5",
	"0x240ca1cc77ac9c65",
	"0x2de92c6f592b0275",
	"0x4a7484aa6ea6e483",
	"0x5cb0a9dcbd41fbd4",
	"0x76f988da831153b5",
	"0x983e5152ee66dfab",
	"0xa831c66d2db43210",
	"0xb00327c898fb213f",
	"0xbf597fc7beef0ee4",
	"0xc6e00bf33da88fc2",
	"0xd5a79147930aa725",
	"0x06ca6351e003826f",
	"0x142929670a0e6e70",
	"0x27b70a8546d22ffc",
	"0x2e1b21385c26c926",
	"0x4d2c6dfc5ac42aed",
	"0x53380d139d95b3df",
	"0x650a73548baf63de",
	"0x766a0abb3c77b2a8",
	"0x81c2c92e47edaee6",
	"0x92722c851482353b",
	"0xa2bfe8a14cf10364",
	"0xa81a664bbc423001",
	"0xc24b8b70d0f89791",
	"0xc76c51a30654be30",
	"0xd192e819d6ef5218",
	"0xd69906245565a910",
	"0xf40e35855771202a",
	"0x106aa07032bbd1b8",
	"0x19a4c116b8d2d0c8",
	"0x1e376c085141ab53",
	"0x2748774cdf8eeb99",
	"0x34b0bcb5e19b48a8",
	"0x391c0cb3c5c95a63",
	"0x4ed8aa4ae3418acb",
	"0x5b9cca4f7763e373",
	"0x682e6ff3d6b2b8a3",
	"0x748f82ee5defb2fc",
	"0x78a5636f43172f60",
	"0x84c87814a1f0ab72",
	"0x8cc702081a6439ec",
	"0x90befffa23631e28",
	"0xa4506cebde82bde9",
	"0xbef9a3f7b2c67915",
	"0xc67178f2e372532b",
	"0xca273eceea26619c",
	"0xd186b8c721c0c207",
	"0xeada7dd6cde0eb1e",
	"0xf57d4f7fee6ed178",
	"0x06f067aa72176fba",
	"0x0a637dc5a2c898a6",
	"0x113f9804bef90dae",
	"0x1b710b35131c471b",
	"0x28db77f523047d84",
	"0x32caab7b40c72493",
	"0x3c9ebe0a15c9bebc",
	"0x431d67c49c100d4c",
	"0x4cc5d4becb3e42b6",
	"0x597f299cfc657e2a",
	"0x5fcb6fab3ad6faec",
	"0x6c44198c4a475817"
].map((n) => BigInt(n))))();
const SHA512_Kh = /* @__PURE__ */ (() => K512[0])();
const SHA512_Kl = /* @__PURE__ */ (() => K512[1])();
const SHA512_W_H = /* @__PURE__ */ new Uint32Array(80);
const SHA512_W_L = /* @__PURE__ */ new Uint32Array(80);
var SHA2_64B = class extends HashMD {
	Ah = 0;
	Al = 0;
	Bh = 0;
	Bl = 0;
	Ch = 0;
	Cl = 0;
	Dh = 0;
	Dl = 0;
	Eh = 0;
	El = 0;
	Fh = 0;
	Fl = 0;
	Gh = 0;
	Gl = 0;
	Hh = 0;
	Hl = 0;
	constructor(outputLen, IV) {
		super(128, outputLen, 16, false);
		this.Ah = IV[0] | 0;
		this.Al = IV[1] | 0;
		this.Bh = IV[2] | 0;
		this.Bl = IV[3] | 0;
		this.Ch = IV[4] | 0;
		this.Cl = IV[5] | 0;
		this.Dh = IV[6] | 0;
		this.Dl = IV[7] | 0;
		this.Eh = IV[8] | 0;
		this.El = IV[9] | 0;
		this.Fh = IV[10] | 0;
		this.Fl = IV[11] | 0;
		this.Gh = IV[12] | 0;
		this.Gl = IV[13] | 0;
		this.Hh = IV[14] | 0;
		this.Hl = IV[15] | 0;
	}
	get() {
		const { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
		return [
			Ah,
			Al,
			Bh,
			Bl,
			Ch,
			Cl,
			Dh,
			Dl,
			Eh,
			El,
			Fh,
			Fl,
			Gh,
			Gl,
			Hh,
			Hl
		];
	}
	set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl) {
		this.Ah = Ah | 0;
		this.Al = Al | 0;
		this.Bh = Bh | 0;
		this.Bl = Bl | 0;
		this.Ch = Ch | 0;
		this.Cl = Cl | 0;
		this.Dh = Dh | 0;
		this.Dl = Dl | 0;
		this.Eh = Eh | 0;
		this.El = El | 0;
		this.Fh = Fh | 0;
		this.Fl = Fl | 0;
		this.Gh = Gh | 0;
		this.Gl = Gl | 0;
		this.Hh = Hh | 0;
		this.Hl = Hl | 0;
	}
	_cloneInto(to) {
		(to ||= new this.constructor()).set(...this.get());
		return this._cloneIntoMeta(to);
	}
	process(view, offset) {
		for (let i = 0; i < 16; i++, offset += 4) {
			SHA512_W_H[i] = view.getUint32(offset);
			SHA512_W_L[i] = view.getUint32(offset += 4);
		}
		for (let i = 16; i < 80; i++) {
			const W15h = SHA512_W_H[i - 15] | 0;
			const W15l = SHA512_W_L[i - 15] | 0;
			const s0h = rotrSH(W15h, W15l, 1) ^ rotrSH(W15h, W15l, 8) ^ shrSH(W15h, W15l, 7);
			const s0l = rotrSL(W15h, W15l, 1) ^ rotrSL(W15h, W15l, 8) ^ shrSL(W15h, W15l, 7);
			const W2h = SHA512_W_H[i - 2] | 0;
			const W2l = SHA512_W_L[i - 2] | 0;
			const s1h = rotrSH(W2h, W2l, 19) ^ rotrBH(W2h, W2l, 61) ^ shrSH(W2h, W2l, 6);
			const s1l = rotrSL(W2h, W2l, 19) ^ rotrBL(W2h, W2l, 61) ^ shrSL(W2h, W2l, 6);
			const SUMl = add4L(s0l, s1l, SHA512_W_L[i - 7], SHA512_W_L[i - 16]);
			const SUMh = add4H(SUMl, s0h, s1h, SHA512_W_H[i - 7], SHA512_W_H[i - 16]);
			SHA512_W_H[i] = SUMh | 0;
			SHA512_W_L[i] = SUMl | 0;
		}
		let { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
		for (let i = 0; i < 80; i++) {
			const sigma1h = rotrSH(Eh, El, 14) ^ rotrSH(Eh, El, 18) ^ rotrBH(Eh, El, 41);
			const sigma1l = rotrSL(Eh, El, 14) ^ rotrSL(Eh, El, 18) ^ rotrBL(Eh, El, 41);
			const CHIh = Eh & Fh ^ ~Eh & Gh;
			const CHIl = El & Fl ^ ~El & Gl;
			const T1ll = add5L(Hl, sigma1l, CHIl, SHA512_Kl[i], SHA512_W_L[i]);
			const T1h = add5H(T1ll, Hh, sigma1h, CHIh, SHA512_Kh[i], SHA512_W_H[i]);
			const T1l = T1ll | 0;
			const sigma0h = rotrSH(Ah, Al, 28) ^ rotrBH(Ah, Al, 34) ^ rotrBH(Ah, Al, 39);
			const sigma0l = rotrSL(Ah, Al, 28) ^ rotrBL(Ah, Al, 34) ^ rotrBL(Ah, Al, 39);
			const MAJh = Ah & Bh ^ Ah & Ch ^ Bh & Ch;
			const MAJl = Al & Bl ^ Al & Cl ^ Bl & Cl;
			Hh = Gh | 0;
			Hl = Gl | 0;
			Gh = Fh | 0;
			Gl = Fl | 0;
			Fh = Eh | 0;
			Fl = El | 0;
			({h: Eh, l: El} = add$1(Dh | 0, Dl | 0, T1h | 0, T1l | 0));
			Dh = Ch | 0;
			Dl = Cl | 0;
			Ch = Bh | 0;
			Cl = Bl | 0;
			Bh = Ah | 0;
			Bl = Al | 0;
			const All = add3L(T1l, sigma0l, MAJl);
			Ah = add3H(All, T1h, sigma0h, MAJh);
			Al = All | 0;
		}
		({h: Ah, l: Al} = add$1(this.Ah | 0, this.Al | 0, Ah | 0, Al | 0));
		({h: Bh, l: Bl} = add$1(this.Bh | 0, this.Bl | 0, Bh | 0, Bl | 0));
		({h: Ch, l: Cl} = add$1(this.Ch | 0, this.Cl | 0, Ch | 0, Cl | 0));
		({h: Dh, l: Dl} = add$1(this.Dh | 0, this.Dl | 0, Dh | 0, Dl | 0));
		({h: Eh, l: El} = add$1(this.Eh | 0, this.El | 0, Eh | 0, El | 0));
		({h: Fh, l: Fl} = add$1(this.Fh | 0, this.Fl | 0, Fh | 0, Fl | 0));
		({h: Gh, l: Gl} = add$1(this.Gh | 0, this.Gl | 0, Gh | 0, Gl | 0));
		({h: Hh, l: Hl} = add$1(this.Hh | 0, this.Hl | 0, Hh | 0, Hl | 0));
		this.set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl);
	}
	roundClean() {
		clean$1(SHA512_W_H, SHA512_W_L);
	}
	destroy() {
		this.destroyed = true;
		clean$1(this.buffer);
		this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
	}
};
var _SHA512 = class extends SHA2_64B {
	constructor() {
		super(64, SHA512_IV);
	}
};
const sha256 = /* @__PURE__ */ createHasher(() => new _SHA256(), /* @__PURE__ */ oidNist(1));
const sha512 = /* @__PURE__ */ createHasher(() => new _SHA512(), /* @__PURE__ */ oidNist(3));

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
function aarray(item, title, inner = () => {}) {
	if (!Array.isArray(item)) throw new TypeError(`"${title}" expected array, got type=${typeof item}`);
	for (let i = 0; i < item.length; i++) inner(item[i], `${title}[${i}]`);
	return item;
}
const abytes$1 = (value, length, title) => abytes$3(value, length, title);
const anumber$1 = anumber$3;
function astring(value, title = "") {
	if (typeof value !== "string") {
		const prefix = title && `"${title}" `;
		throw new TypeError(prefix + "expected string, got type=" + typeof value);
	}
	return value;
}
function aobject$1(value, title = "object") {
	if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError(title === "object" ? "expected valid options object" : `"${title}" expected object, got type=${typeof value}`);
	return value;
}
function afunction(value, title) {
	if (typeof value !== "function") throw new TypeError(`"${title}" is invalid: expected function, got ${typeof value}`);
	return value;
}
const bytesToHex = bytesToHex$1;
const concatBytes = (...arrays) => concatBytes$2(...arrays);
const hexToBytes = (hex) => hexToBytes$1(hex);
const isBytes$1 = isBytes$3;
const randomBytes = (bytesLength) => randomBytes$1(bytesLength);
const _0n$7 = /* @__PURE__ */ BigInt(0);
const _1n$6 = /* @__PURE__ */ BigInt(1);
const atitle$1 = (title) => title ? `"${title}" ` : "";
function abool$1(value, title = "") {
	if (typeof value !== "boolean") throw new TypeError(atitle$1(title) + "expected boolean, got type=" + typeof value);
	return value;
}
function abignumber(n) {
	if (typeof n === "bigint") {
		if (!isPosBig(n)) throw new RangeError("positive bigint expected, got " + n);
	} else anumber$1(n);
	return n;
}
function asafenumber(value, title = "") {
	if (typeof value !== "number") {
		const prefix = title && `"${title}" `;
		throw new TypeError(prefix + "expected number, got type=" + typeof value);
	}
	if (!Number.isSafeInteger(value)) {
		const prefix = title && `"${title}" `;
		throw new RangeError(prefix + "expected safe integer, got " + value);
	}
}
function numberToHexUnpadded(num) {
	const hex = abignumber(num).toString(16);
	return hex.length & 1 ? "0" + hex : hex;
}
function hexToNumber(hex) {
	if (typeof hex !== "string") throw new TypeError("hex string expected, got " + typeof hex);
	return hex === "" ? _0n$7 : BigInt("0x" + hex);
}
function bytesToNumberBE(bytes) {
	return hexToNumber(bytesToHex$1(bytes));
}
function bytesToNumberLE(bytes) {
	return hexToNumber(bytesToHex$1(copyBytes$1(abytes$3(bytes)).reverse()));
}
function numberToBytesBE(n, len) {
	anumber$3(len);
	if (len === 0) throw new Error("zero output length is invalid");
	n = abignumber(n);
	const expectedLen = len * 2;
	const hex = n.toString(16);
	if (hex.length > expectedLen) throw new RangeError("number is too large");
	return hexToBytes$1(hex.padStart(expectedLen, "0"));
}
function numberToBytesLE(n, len) {
	return numberToBytesBE(n, len).reverse();
}
function equalBytes$1(a, b) {
	a = abytes$1(a);
	b = abytes$1(b);
	if (a.length !== b.length) return false;
	let diff = 0;
	for (let i = 0; i < a.length; i++) diff |= a[i] ^ b[i];
	return diff === 0;
}
function copyBytes$1(bytes) {
	return Uint8Array.from(abytes$1(bytes));
}
function isPosBig(n) {
	return typeof n === "bigint" && _0n$7 <= n;
}
function inRange(n, min, max) {
	return isPosBig(n) && isPosBig(min) && isPosBig(max) && min <= n && n < max;
}
function aInRange(title, n, min, max) {
	if (!inRange(n, min, max)) throw new RangeError("expected valid " + title + ": " + min + " <= n < " + max + ", got " + n);
}
function bitLen(n) {
	if (n < _0n$7) throw new Error("expected non-negative bigint, got " + n);
	return n === _0n$7 ? 0 : n.toString(2).length;
}
const bitMask = (n) => {
	asafenumber(n, "n");
	return (_1n$6 << BigInt(n)) - _1n$6;
};
function createHmacDrbg(hashLen, qByteLen, hmacFn) {
	anumber$3(hashLen, "hashLen");
	anumber$3(qByteLen, "qByteLen");
	if (typeof hmacFn !== "function") throw new TypeError("hmacFn must be a function");
	const u8n = (len) => new Uint8Array(len);
	const NULL = Uint8Array.of();
	const byte0 = Uint8Array.of(0);
	const byte1 = Uint8Array.of(1);
	const _maxDrbgIters = 1e3;
	let v = u8n(hashLen);
	let k = u8n(hashLen);
	let i = 0;
	const reset = () => {
		v.fill(1);
		k.fill(0);
		i = 0;
	};
	const h = (...msgs) => hmacFn(k, concatBytes(v, ...msgs));
	const reseed = (seed = NULL) => {
		k = h(byte0, seed);
		v = h();
		if (seed.length === 0) return;
		k = h(byte1, seed);
		v = h();
	};
	const gen = () => {
		if (i++ >= _maxDrbgIters) throw new Error("drbg: tried max amount of iterations");
		let len = 0;
		const out = [];
		while (len < qByteLen) {
			v = h();
			const sl = v.slice();
			out.push(sl);
			len += v.length;
		}
		return concatBytes(...out);
	};
	const genUntil = (seed, pred) => {
		reset();
		reseed(seed);
		let res = void 0;
		while ((res = pred(gen())) === void 0) reseed();
		reset();
		return res;
	};
	return genUntil;
}
function validateObject(object, fields = {}, optFields = {}, title = "object") {
	aobject$1(object, title);
	aobject$1(fields, "fields");
	aobject$1(optFields, "optFields");
	function checkField(fieldName, expectedType, isOpt) {
		const label = title === "object" ? `param "${String(fieldName)}"` : `"${title}.${String(fieldName)}"`;
		const val = object[fieldName];
		if (!Object.hasOwn(object, fieldName) && (isOpt ? val !== void 0 : expectedType !== "function")) throw new TypeError(`${label} is invalid: expected own property`);
		if (isOpt && val === void 0) return;
		const current = typeof val;
		if (current !== expectedType || val === null) throw new TypeError(`${label} is invalid: expected ${expectedType}, got ${current}`);
	}
	const iter = (f, isOpt) => Object.entries(f).forEach(([k, v]) => checkField(k, v, isOpt));
	iter(fields, false);
	iter(optFields, true);
}

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const _0n$6 = /* @__PURE__ */ BigInt(0);
const _1n$5 = /* @__PURE__ */ BigInt(1);
const _2n$4 = /* @__PURE__ */ BigInt(2);
const _3n$2 = /* @__PURE__ */ BigInt(3);
const _4n$3 = /* @__PURE__ */ BigInt(4);
const _5n$1 = /* @__PURE__ */ BigInt(5);
const _7n = /* @__PURE__ */ BigInt(7);
const _8n$2 = /* @__PURE__ */ BigInt(8);
const _9n = /* @__PURE__ */ BigInt(9);
const _15n = /* @__PURE__ */ BigInt(15);
const _16n = /* @__PURE__ */ BigInt(16);
const POW_WINDOWED_MIN = /* @__PURE__ */ BigInt("0x10000000000000000");
function mod$1(a, b) {
	if (b <= _0n$6) throw new Error("mod: expected positive modulus, got " + b);
	const result = a % b;
	return result >= _0n$6 ? result : b + result;
}
function pow$1(num, power, modulo) {
	if (modulo <= _1n$5) throw new Error("pow: expected modulus > 1, got " + modulo);
	if (typeof power !== "bigint") throw new TypeError("invalid exponent: expected bigint, got " + typeof power);
	if (power < _0n$6) throw new Error("invalid exponent, negatives unsupported");
	if (power === _0n$6) return _1n$5;
	if (power === _1n$5) return num;
	let d = num % modulo;
	if (d < _0n$6) d += modulo;
	if (power < POW_WINDOWED_MIN) {
		let p = _1n$5;
		while (power > _0n$6) {
			if (power & _1n$5) p = p * d % modulo;
			d = d * d % modulo;
			power >>= _1n$5;
		}
		return p;
	}
	const digits = [];
	while (power > _0n$6) {
		digits.push(Number(power & _15n));
		power >>= _4n$3;
	}
	const table = new Array(16);
	table[0] = _1n$5;
	table[1] = d;
	for (let i = 2; i < 16; i++) table[i] = table[i - 1] * d % modulo;
	let p = table[digits[digits.length - 1]];
	for (let w = digits.length - 2; w >= 0; w--) {
		p = p * p % modulo;
		p = p * p % modulo;
		p = p * p % modulo;
		p = p * p % modulo;
		const digit = digits[w];
		if (digit !== 0) p = p * table[digit] % modulo;
	}
	return p;
}
function pow2(x, power, modulo) {
	if (modulo <= _1n$5) throw new Error("pow2: expected modulus > 1, got " + modulo);
	if (power < _0n$6) throw new Error("pow2: expected non-negative exponent, got " + power);
	let res = x;
	while (power-- > _0n$6) {
		res *= res;
		res %= modulo;
	}
	return res;
}
function invert(number, modulo) {
	if (number === _0n$6) throw new Error("invert: expected non-zero number");
	if (modulo <= _1n$5) throw new Error("invert: expected modulus > 1, got " + modulo);
	let a = mod$1(number, modulo);
	let b = modulo;
	let x = _0n$6, u = _1n$5;
	while (a !== _0n$6) {
		const q = b / a;
		const r = b - a * q;
		const m = x - u * q;
		b = a, a = r, x = u, u = m;
	}
	if (b !== _1n$5) throw new Error("invert: does not exist");
	return mod$1(x, modulo);
}
function invertCt(a, prime) {
	if (prime <= _1n$5) throw new Error("invertCt: expected prime modulus > 1, got " + prime);
	const an = mod$1(a, prime);
	if (an === _0n$6) throw new Error("invertCt: expected non-zero number");
	const inverse = pow$1(an, prime - _2n$4, prime);
	if (mod$1(an * inverse, prime) !== _1n$5) throw new Error("invertCt: does not exist");
	return inverse;
}
function assertIsSquare(Fp, root, n) {
	const F = Fp;
	if (!F.eql(F.sqr(root), n)) throw new Error("Cannot find square root");
}
function aoddModulus(order, fnName) {
	if ((order & _1n$5) === _0n$6) throw new Error(fnName + ": expected odd modulus, got " + order);
}
function sqrt3mod4(Fp, n) {
	const F = Fp;
	const p1div4 = (F.ORDER + _1n$5) / _4n$3;
	const root = F.pow(n, p1div4);
	assertIsSquare(F, root, n);
	return root;
}
function sqrt5mod8(Fp, n) {
	const F = Fp;
	const p5div8 = (F.ORDER - _5n$1) / _8n$2;
	const n2 = F.mul(n, _2n$4);
	const v = F.pow(n2, p5div8);
	const nv = F.mul(n, v);
	const i = F.mul(F.mul(nv, _2n$4), v);
	const root = F.mul(nv, F.sub(i, F.ONE));
	assertIsSquare(F, root, n);
	return root;
}
function sqrt9mod16(P) {
	const Fp_ = Field(P);
	const tn = tonelliShanks(P);
	const c1 = tn(Fp_, Fp_.neg(Fp_.ONE));
	const c2 = tn(Fp_, c1);
	const c3 = tn(Fp_, Fp_.neg(c1));
	const c4 = (P + _7n) / _16n;
	return ((Fp, n) => {
		const F = Fp;
		let tv1 = F.pow(n, c4);
		let tv2 = F.mul(tv1, c1);
		const tv3 = F.mul(tv1, c2);
		const tv4 = F.mul(tv1, c3);
		const e1 = F.eql(F.sqr(tv2), n);
		const e2 = F.eql(F.sqr(tv3), n);
		tv1 = F.cmov(tv1, tv2, e1);
		tv2 = F.cmov(tv4, tv3, e2);
		const e3 = F.eql(F.sqr(tv2), n);
		const root = F.cmov(tv1, tv2, e3);
		assertIsSquare(F, root, n);
		return root;
	});
}
function tonelliShanks(P) {
	if (P < _3n$2) throw new Error("sqrt is not defined for small field");
	aoddModulus(P, "tonelliShanks");
	let Q = P - _1n$5;
	let S = 0;
	while (Q % _2n$4 === _0n$6) {
		Q /= _2n$4;
		S++;
	}
	let Z = _2n$4;
	const _Fp = Field(P);
	while (FpLegendre(_Fp, Z) === 1) if (Z++ > 1e3) throw new Error("Cannot find square root: probably non-prime P");
	if (S === 1) return sqrt3mod4;
	let cc = _Fp.pow(Z, Q);
	const Q1div2 = (Q + _1n$5) / _2n$4;
	return function tonelliSlow(Fp, n) {
		const F = Fp;
		if (F.is0(n)) return n;
		if (FpLegendre(F, n) !== 1) throw new Error("Cannot find square root");
		let M = S;
		let c = F.mul(F.ONE, cc);
		let t = F.pow(n, Q);
		let R = F.pow(n, Q1div2);
		while (!F.eql(t, F.ONE)) {
			if (F.is0(t)) throw new Error("Cannot find square root: probably non-prime P");
			let i = 1;
			let t_tmp = F.sqr(t);
			while (!F.eql(t_tmp, F.ONE)) {
				i++;
				t_tmp = F.sqr(t_tmp);
				if (i === M) throw new Error("Cannot find square root");
			}
			const exponent = _1n$5 << BigInt(M - i - 1);
			const b = F.pow(c, exponent);
			M = i;
			c = F.sqr(b);
			t = F.mul(t, c);
			R = F.mul(R, b);
		}
		return R;
	};
}
function FpSqrt(P) {
	aoddModulus(P, "Fp.sqrt");
	if (P % _4n$3 === _3n$2) return sqrt3mod4;
	if (P % _8n$2 === _5n$1) return sqrt5mod8;
	if (P % _16n === _9n) return sqrt9mod16(P);
	return tonelliShanks(P);
}
const isNegativeLE = (num, modulo) => (mod$1(num, modulo) & _1n$5) === _1n$5;
const FIELD_FIELDS = [
	"create",
	"isValid",
	"is0",
	"neg",
	"inv",
	"sqrt",
	"sqr",
	"eql",
	"add",
	"sub",
	"mul",
	"pow",
	"div",
	"addN",
	"subN",
	"mulN",
	"sqrN"
];
function validateField(field) {
	aobject$1(field, "field");
	if (typeof field.ORDER !== "bigint") throw new TypeError("param \"ORDER\" is invalid: expected bigint, got " + typeof field.ORDER);
	asafenumber(field.BYTES, "BYTES");
	asafenumber(field.BITS, "BITS");
	for (const name of FIELD_FIELDS) afunction(field[name], "field." + name);
	if (field.BYTES < 1 || field.BITS < 1) throw new Error("invalid field: expected BYTES/BITS > 0");
	if (field.ORDER <= _1n$5) throw new Error("invalid field: expected ORDER > 1, got " + field.ORDER);
	return field;
}
function FpInvertBatch(Fp, nums, passZero = false) {
	validateField(Fp);
	aarray(nums, "nums");
	abool$1(passZero, "passZero");
	const F = Fp;
	const inverted = new Array(nums.length).fill(passZero ? F.ZERO : void 0);
	const multipliedAcc = nums.reduce((acc, num, i) => {
		if (F.is0(num)) return acc;
		inverted[i] = acc;
		return F.mul(acc, num);
	}, F.ONE);
	const invertedAcc = F.inv(multipliedAcc);
	nums.reduceRight((acc, num, i) => {
		if (F.is0(num)) return acc;
		inverted[i] = F.mul(acc, inverted[i]);
		return F.mul(acc, num);
	}, invertedAcc);
	return inverted;
}
function FpLegendre(Fp, n) {
	validateField(Fp);
	const F = Fp;
	aoddModulus(F.ORDER, "FpLegendre");
	const p1mod2 = (F.ORDER - _1n$5) / _2n$4;
	const powered = F.pow(n, p1mod2);
	const yes = F.eql(powered, F.ONE);
	const zero = F.eql(powered, F.ZERO);
	const no = F.eql(powered, F.neg(F.ONE));
	if (!yes && !zero && !no) throw new Error("invalid Legendre symbol result");
	return yes ? 1 : zero ? 0 : -1;
}
function nLength(n, nBitLength) {
	if (nBitLength !== void 0) anumber$1(nBitLength);
	if (n <= _0n$6) throw new Error("invalid n length: expected positive n, got " + n);
	if (nBitLength !== void 0 && nBitLength < 1) throw new Error("invalid n length: expected positive bit length, got " + nBitLength);
	const bits = bitLen(n);
	if (nBitLength !== void 0 && nBitLength < bits) throw new Error(`invalid n length: expected nBitLength (${nBitLength}) >= bitLen(n) (${bits})`);
	const _nBitLength = nBitLength !== void 0 ? nBitLength : bits;
	return {
		nBitLength: _nBitLength,
		nByteLength: Math.ceil(_nBitLength / 8)
	};
}
const FIELD_SQRT = /* @__PURE__ */ new WeakMap();
var _Field = class {
	ORDER;
	BITS;
	BYTES;
	isLE;
	ZERO = _0n$6;
	ONE = _1n$5;
	_lengths;
	_mod;
	constructor(ORDER, opts = {}) {
		if (ORDER <= _1n$5) throw new Error("invalid field: expected ORDER > 1, got " + ORDER);
		let _nbitLength = void 0;
		this.isLE = false;
		if (opts != null && typeof opts === "object") {
			if (typeof opts.BITS === "number") _nbitLength = opts.BITS;
			if (typeof opts.sqrt === "function") Object.defineProperty(this, "sqrt", {
				value: opts.sqrt,
				enumerable: true
			});
			if (typeof opts.isLE === "boolean") this.isLE = opts.isLE;
			if (opts.allowedLengths) this._lengths = Object.freeze(opts.allowedLengths.slice());
			if (typeof opts.modFromBytes === "boolean") this._mod = opts.modFromBytes;
		}
		const { nBitLength, nByteLength } = nLength(ORDER, _nbitLength);
		if (nByteLength > 2048) throw new Error("invalid field: expected ORDER of <= 2048 bytes");
		this.ORDER = ORDER;
		this.BITS = nBitLength;
		this.BYTES = nByteLength;
		Object.freeze(this);
	}
	create(num) {
		return mod$1(num, this.ORDER);
	}
	isValid(num) {
		if (typeof num !== "bigint") throw new TypeError("invalid field element: expected bigint, got " + typeof num);
		return _0n$6 <= num && num < this.ORDER;
	}
	is0(num) {
		return num === _0n$6;
	}
	isValidNot0(num) {
		return !this.is0(num) && this.isValid(num);
	}
	isOdd(num) {
		return (num & _1n$5) === _1n$5;
	}
	neg(num) {
		return mod$1(-num, this.ORDER);
	}
	eql(lhs, rhs) {
		return lhs === rhs;
	}
	sqr(num) {
		return mod$1(num * num, this.ORDER);
	}
	add(lhs, rhs) {
		return mod$1(lhs + rhs, this.ORDER);
	}
	sub(lhs, rhs) {
		return mod$1(lhs - rhs, this.ORDER);
	}
	mul(lhs, rhs) {
		return mod$1(lhs * rhs, this.ORDER);
	}
	pow(num, power) {
		return pow$1(num, power, this.ORDER);
	}
	div(lhs, rhs) {
		return mod$1(lhs * invert(rhs, this.ORDER), this.ORDER);
	}
	sqrN(num) {
		return num * num;
	}
	addN(lhs, rhs) {
		return lhs + rhs;
	}
	subN(lhs, rhs) {
		return lhs - rhs;
	}
	mulN(lhs, rhs) {
		return lhs * rhs;
	}
	inv(num) {
		return invert(num, this.ORDER);
	}
	sqrt(num) {
		let sqrt = FIELD_SQRT.get(this);
		if (!sqrt) FIELD_SQRT.set(this, sqrt = FpSqrt(this.ORDER));
		return sqrt(this, num);
	}
	toBytes(num) {
		return this.isLE ? numberToBytesLE(num, this.BYTES) : numberToBytesBE(num, this.BYTES);
	}
	fromBytes(bytes, skipValidation = false) {
		abytes$1(bytes);
		const { _lengths: allowedLengths, BYTES, isLE, ORDER, _mod: modFromBytes } = this;
		if (allowedLengths) {
			if (bytes.length < 1 || !allowedLengths.includes(bytes.length) || bytes.length > BYTES) throw new Error("Field.fromBytes: expected " + allowedLengths + " bytes, got " + bytes.length);
			const padded = new Uint8Array(BYTES);
			padded.set(bytes, isLE ? 0 : padded.length - bytes.length);
			bytes = padded;
		}
		if (bytes.length !== BYTES) throw new Error("Field.fromBytes: expected " + BYTES + " bytes, got " + bytes.length);
		let scalar = isLE ? bytesToNumberLE(bytes) : bytesToNumberBE(bytes);
		if (modFromBytes) scalar = mod$1(scalar, ORDER);
		if (!skipValidation) {
			if (!this.isValid(scalar)) throw new Error("invalid field element: outside of range 0..ORDER");
		}
		return scalar;
	}
	invertBatch(lst) {
		return FpInvertBatch(this, lst, true);
	}
	cmov(a, b, condition) {
		abool$1(condition, "condition");
		return condition ? b : a;
	}
};
function Field(ORDER, opts = {}) {
	Object.freeze(_Field.prototype);
	return new _Field(ORDER, opts);
}
function getFieldBytesLength(fieldOrder) {
	if (typeof fieldOrder !== "bigint") throw new Error("field order must be bigint");
	if (fieldOrder <= _1n$5) throw new Error("field order must be greater than 1");
	const bitLength = bitLen(fieldOrder - _1n$5);
	return Math.ceil(bitLength / 8);
}
function getMinHashLength(fieldOrder) {
	const length = getFieldBytesLength(fieldOrder);
	return length + Math.ceil(length / 2);
}
function mapHashToField(key, fieldOrder, isLE = false) {
	abytes$1(key);
	const len = key.length;
	const fieldLen = getFieldBytesLength(fieldOrder);
	const minLen = Math.max(getMinHashLength(fieldOrder), 16);
	if (len < minLen || len > 1024) throw new Error("expected " + minLen + "-1024 bytes of input, got " + len);
	const reduced = mod$1(isLE ? bytesToNumberLE(key) : bytesToNumberBE(key), fieldOrder - _1n$5) + _1n$5;
	return isLE ? numberToBytesLE(reduced, fieldLen) : numberToBytesBE(reduced, fieldLen);
}

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const _0n$5 = /* @__PURE__ */ BigInt(0);
const _1n$4 = /* @__PURE__ */ BigInt(1);
const _4n$2 = /* @__PURE__ */ BigInt(4);
const BLIND_BYTES = 16;
const BLIND_BITS = 128;
const FW_WINDOW = 5;
const TABLE_BYTES_MAX = /* @__PURE__ */ (() => 2 ** 31)();
function validatePointCons(Point) {
	const pc = Point;
	if (typeof pc !== "function") throw new TypeError("\"Point\" expected constructor, got type=" + typeof Point);
	afunction(pc.fromAffine, "Point.fromAffine");
	afunction(pc.fromBytes, "Point.fromBytes");
	afunction(pc.fromHex, "Point.fromHex");
	aobject$1(pc.BASE, "Point.BASE");
	aobject$1(pc.ZERO, "Point.ZERO");
	validateField(pc.Fp);
	validateField(pc.Fn);
}
function normalizeZ(c, points) {
	validatePointCons(c);
	validateMSMPoints(points, c);
	const invertedZs = FpInvertBatch(c.Fp, points.map((p) => p.Z));
	return points.map((p, i) => c.fromAffine(p.toAffine(invertedZs[i])));
}
function validateW(W, bits, min = 1) {
	if (!Number.isSafeInteger(W) || W < min || W > bits) throw new Error("invalid window size, expected [" + min + ".." + bits + "], got W=" + W);
}
function validateTableBytes(numPoints, fpBytes) {
	const bytes = numPoints * (4 * fpBytes + 128);
	if (bytes > TABLE_BYTES_MAX) throw new Error("invalid window size: table would need ~" + Math.ceil(bytes / 2 ** 20) + " MiB, max " + TABLE_BYTES_MAX / 2 ** 20 + " MiB");
}
function probeRandomBytes(randomBytes, length) {
	if (randomBytes === void 0) return void 0;
	afunction(randomBytes, "randomBytes");
	try {
		const probe = randomBytes(length);
		if (!isBytes$1(probe) || probe.length !== length) return void 0;
	} catch {
		return;
	}
	return randomBytes;
}
function validateMSMPoints(points, c) {
	aarray(points, "points");
	points.forEach((p, i) => {
		if (!(p instanceof c)) throw new Error("invalid point at index " + i);
	});
}
function validateMSMScalars(scalars, field, maxScalar) {
	if (!Array.isArray(scalars)) throw new Error("array of scalars expected");
	scalars.forEach((s, i) => {
		if (!(maxScalar === void 0 ? field.isValid(s) : isPosBig(s) && s < maxScalar)) throw new Error("invalid scalar at index " + i);
	});
}
const pointWindowSizes = /* @__PURE__ */ new WeakMap();
function getWindowSize(P) {
	return pointWindowSizes.get(P) || 1;
}
function oddMultiples(p, size) {
	const dbl = p.double();
	const t = [p];
	for (let j = 1; j < size; j++) t.push(t[j - 1].add(dbl));
	return t;
}
function wnafDigits(n, W) {
	const size = 2 ** W;
	const half = size / 2;
	const mask = BigInt(size - 1);
	const d = [];
	while (n > _0n$5) {
		let w = 0;
		if (n & _1n$4) {
			w = Number(n & mask);
			if (w >= half) w -= size;
			n -= BigInt(w);
		}
		d.push(w);
		n >>= _1n$4;
	}
	return d;
}
function signedWindowDigits(n, W, windows) {
	const size = 2 ** W;
	const half = size / 2;
	const mask = BigInt(size - 1);
	const shiftBy = BigInt(W);
	const d = [];
	for (let w = 0; w < windows; w++) {
		let v = Number(n & mask);
		n >>= shiftBy;
		if (v > half) {
			v -= size;
			n += _1n$4;
		}
		d.push(v);
	}
	if (n !== _0n$5) throw new Error("invalid wnaf");
	return d;
}
function wnafWalk(zero, tables, digits) {
	let max = 0;
	for (const d of digits) max = Math.max(max, d.length);
	let acc = zero;
	for (let bit = max - 1; bit >= 0; bit--) {
		if (bit !== max - 1) acc = acc.double();
		for (let i = 0; i < digits.length; i++) {
			const w = digits[i][bit];
			if (w) {
				const item = tables[i][Math.abs(w) - 1 >> 1];
				acc = acc.add(w < 0 ? item.negate() : item);
			}
		}
	}
	return acc;
}
var ScalarMultiplier = class {
	Point;
	BASE;
	ZERO;
	randomBytes;
	wnafPrecomputes = /* @__PURE__ */ new WeakMap();
	baseCanBeBlinded;
	bits;
	constructor(Point, randomBytes) {
		validatePointCons(Point);
		this.randomBytes = probeRandomBytes(randomBytes, BLIND_BYTES);
		this.Point = Point;
		this.BASE = Point.BASE;
		this.ZERO = Point.ZERO;
		this.bits = Point.Fn.BITS;
	}
	buildWnafTable(point, W, bits) {
		const windows = Math.ceil(bits / W) + 1;
		const half = 2 ** (W - 1);
		const comp = [];
		let base = point;
		for (let w = 0; w < windows; w++) {
			let acc = base;
			for (let i = 0; i < half; i++) {
				comp.push(acc);
				acc = acc.add(base);
			}
			base = comp[comp.length - 1].double();
		}
		return {
			W,
			bits,
			windows,
			comp
		};
	}
	wnafCachedCT(precomputes, n) {
		const { W, windows, comp } = precomputes;
		const half = 2 ** (W - 1);
		const digits = signedWindowDigits(n, W, windows);
		let p = this.ZERO;
		let f = this.BASE;
		for (let w = 0; w < windows; w++) {
			const digit = digits[w];
			const start = w * half;
			const idx = Math.abs(digit) - 1;
			let sel = comp[start];
			for (let i = 1; i < half; i++) sel = i === idx ? comp[start + i] : sel;
			const neg = sel.negate();
			if (digit === 0) f = f.add(comp[start]);
			else p = p.add(digit < 0 ? neg : sel);
		}
		return {
			p,
			f
		};
	}
	getWnafPrecomputes(W, point, bits, transform) {
		let entries = this.wnafPrecomputes.get(point);
		let comp = entries?.find((entry) => entry.W === W && entry.bits === bits);
		if (!comp) {
			comp = this.buildWnafTable(point, W, bits);
			if (typeof transform === "function") comp = {
				...comp,
				comp: transform(comp.comp)
			};
			if (!entries) {
				entries = [];
				this.wnafPrecomputes.set(point, entries);
			}
			entries.push(comp);
		}
		return comp;
	}
	assertPoint(point) {
		if (!(point instanceof this.Point)) throw new TypeError("\"point\" expected Point instance, got type=" + typeof point);
	}
	validateMulInput(point, scalar) {
		this.assertPoint(point);
		if (!inRange(scalar, _1n$4, this.Point.Fn.ORDER)) throw new Error("invalid scalar");
	}
	runCT(point, n, bits, transform) {
		const W = getWindowSize(point);
		if (W === 1) return this.fixedWindowCT(point, n, bits);
		return this.wnafCachedCT(this.getWnafPrecomputes(W, point, bits, transform), n);
	}
	mulCT(point, scalar, transform) {
		this.validateMulInput(point, scalar);
		return this.runCT(point, scalar, this.bits, transform);
	}
	mulCTBlinded(point, scalar, transform) {
		this.validateMulInput(point, scalar);
		if (this.randomBytes === void 0) throw new Error("randomBytes is required for scalar blinding");
		const bits = this.Point.Fn.BITS + BLIND_BITS;
		const blind = this.randomBytes(BLIND_BYTES);
		if (!isBytes$1(blind) || blind.length !== BLIND_BYTES) throw new Error("randomBytes returned invalid byte array");
		blind[0] = blind[0] & 63 | 128;
		const n = scalar + bytesToNumberBE(blind) * this.Point.Fn.ORDER;
		return this.runCT(point, n, bits, transform);
	}
	fixedWindowCT(point, n, bits) {
		const W = FW_WINDOW;
		const size = 32;
		const mask = bitMask(W);
		const table = new Array(size);
		table[0] = this.ZERO;
		for (let i = 1; i < size; i++) table[i] = table[i - 1].add(point);
		const windows = Math.ceil(bits / W);
		let acc = this.ZERO;
		for (let window = windows - 1; window >= 0; window--) {
			if (window !== windows - 1) for (let d = 0; d < W; d++) acc = acc.double();
			const digit = Number(n >> BigInt(window * W) & mask);
			let sel = table[0];
			for (let i = 1; i < size; i++) sel = i === digit ? table[i] : sel;
			acc = acc.add(sel);
		}
		return {
			p: acc,
			f: acc
		};
	}
	shouldBlind(point, cofactor) {
		if (this.randomBytes === void 0) return false;
		if (cofactor === _1n$4) return true;
		if (point !== this.BASE) return false;
		if (this.baseCanBeBlinded === void 0) this.baseCanBeBlinded = this.mulUnsafe(this.BASE, this.Point.Fn.ORDER).is0();
		return this.baseCanBeBlinded;
	}
	mulSecret(point, scalar, cofactor, transform) {
		return this.shouldBlind(point, cofactor) ? this.mulCTBlinded(point, scalar, transform) : this.mulCT(point, scalar, transform);
	}
	mulUnsafe(point, scalar, transform) {
		this.assertPoint(point);
		if (!isPosBig(scalar)) throw new Error("invalid scalar");
		const W = getWindowSize(point);
		if (W === 1 || scalar >= this.Point.Fn.ORDER) return mulAddUnsafe(this.Point, [point], [scalar], true);
		const precomputes = this.getWnafPrecomputes(W, point, this.bits, transform);
		return this.wnafCachedCT(precomputes, scalar).p;
	}
	setWindowSize(point, W) {
		this.assertPoint(point);
		validateW(W, this.bits);
		validateTableBytes((Math.ceil((this.bits + BLIND_BITS) / W) + 1) * 2 ** (W - 1), this.Point.Fp.BYTES);
		pointWindowSizes.set(point, W);
		this.wnafPrecomputes.delete(point);
	}
	hasWindowSize(point) {
		return getWindowSize(point) !== 1;
	}
};
function mulAddUnsafe(c, points, scalars, allowOversized = false) {
	validatePointCons(c);
	validateMSMPoints(points, c);
	abool$1(allowOversized, "allowOversized");
	validateMSMScalars(scalars, c.Fn, allowOversized ? c.Fn.ORDER ** _4n$2 : void 0);
	if (points.length !== scalars.length) throw new Error("arrays of points and scalars must have equal length");
	const tables = points.map((p) => oddMultiples(p, 4));
	const digits = scalars.map((n) => wnafDigits(n, 4));
	return wnafWalk(c.ZERO, tables, digits);
}
function createField(order, field, isLE) {
	if (field) {
		if (field.ORDER !== order) throw new Error("Field.ORDER must match order: Fp == p, Fn == n");
		validateField(field);
		return field;
	} else return Field(order, { isLE });
}
function createCurveFields(type, CURVE, curveOpts = {}, FpFnLE) {
	if (type !== "weierstrass" && type !== "edwards") throw new Error("expected curve type \"weierstrass\" or \"edwards\"");
	if (FpFnLE === void 0) FpFnLE = type === "edwards";
	if (!CURVE || typeof CURVE !== "object") throw new Error(`expected valid ${type} CURVE object`);
	validateObject(curveOpts);
	for (const p of [
		"p",
		"n",
		"h"
	]) {
		const val = CURVE[p];
		if (!(isPosBig(val) && val !== _0n$5)) throw new Error(`CURVE.${p} must be positive bigint`);
	}
	const Fp = createField(CURVE.p, curveOpts.Fp, FpFnLE);
	const Fn = createField(CURVE.n, curveOpts.Fn, FpFnLE);
	const params = [
		"Gx",
		"Gy",
		"a",
		type === "weierstrass" ? "b" : "d"
	];
	for (const p of params) if (!Fp.isValid(CURVE[p])) throw new Error(`CURVE.${p} must be valid field element of CURVE.Fp`);
	CURVE = Object.freeze(Object.assign({}, CURVE));
	return {
		CURVE,
		Fp,
		Fn
	};
}
function createKeygen(randomSecretKey, getPublicKey) {
	return function keygen(seed) {
		const secretKey = randomSecretKey(seed);
		return {
			secretKey,
			publicKey: getPublicKey(secretKey)
		};
	};
}

var _HMAC = class {
	oHash;
	iHash;
	blockLen;
	outputLen;
	canXOF = false;
	finished = false;
	destroyed = false;
	constructor(hash, key) {
		ahash(hash);
		abytes$3(key, void 0, "key");
		this.iHash = hash.create();
		if (typeof this.iHash.update !== "function") throw new Error("expected Hash instance");
		this.blockLen = this.iHash.blockLen;
		this.outputLen = this.iHash.outputLen;
		const blockLen = this.blockLen;
		const pad = new Uint8Array(blockLen);
		pad.set(key.length > blockLen ? hash.create().update(key).digest() : key);
		for (let i = 0; i < pad.length; i++) pad[i] ^= 54;
		this.iHash.update(pad);
		this.oHash = hash.create();
		for (let i = 0; i < pad.length; i++) pad[i] ^= 106;
		this.oHash.update(pad);
		clean$1(pad);
	}
	update(buf) {
		aexists$1(this);
		this.iHash.update(buf);
		return this;
	}
	digestInto(out) {
		aexists$1(this);
		aoutput$1(out, this);
		this.finished = true;
		const buf = out.subarray(0, this.outputLen);
		this.iHash.digestInto(buf);
		this.oHash.update(buf);
		this.oHash.digestInto(buf);
		this.destroy();
	}
	digest() {
		const out = new Uint8Array(this.oHash.outputLen);
		this.digestInto(out);
		return out;
	}
	_cloneInto(to) {
		to ||= Object.create(Object.getPrototypeOf(this), {});
		const { oHash, iHash, finished, destroyed, blockLen, outputLen, canXOF } = this;
		to = to;
		to.finished = finished;
		to.destroyed = destroyed;
		to.blockLen = blockLen;
		to.outputLen = outputLen;
		to.canXOF = canXOF;
		to.oHash = oHash._cloneInto(to.oHash);
		to.iHash = iHash._cloneInto(to.iHash);
		return to;
	}
	clone() {
		return this._cloneInto();
	}
	destroy() {
		this.destroyed = true;
		this.oHash.destroy();
		this.iHash.destroy();
	}
};
const hmac = /* @__PURE__ */ (() => {
	const hmac_ = ((hash, key, message) => new _HMAC(hash, key).update(message).digest());
	hmac_.create = (hash, key) => new _HMAC(hash, key);
	return hmac_;
})();

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const _0n$4 = /* @__PURE__ */ BigInt(0);
var DERErr = class extends Error {
	constructor(m = "") {
		super(m);
	}
};
const _DER = {
	Err: DERErr,
	_tlv: {
		encode: (tag, data) => {
			const { Err: E } = _DER;
			asafenumber(tag, "tag");
			if (tag < 0 || tag > 255) throw new E("tlv.encode: wrong tag");
			astring(data, "data");
			if (data.length & 1) throw new E("tlv.encode: unpadded data");
			const dataLen = data.length / 2;
			const len = numberToHexUnpadded(dataLen);
			if (len.length / 2 & 128) throw new E("tlv.encode: long form length too big");
			const lenLen = dataLen > 127 ? numberToHexUnpadded(len.length / 2 | 128) : "";
			return numberToHexUnpadded(tag) + lenLen + len + data;
		},
		decode(tag, data) {
			const { Err: E } = _DER;
			data = abytes$1(data, void 0, "DER data");
			let pos = 0;
			if (tag < 0 || tag > 255) throw new E("tlv.decode: wrong tag");
			if (data.length < 2 || data[pos++] !== tag) throw new E("tlv.decode: wrong tlv");
			const first = data[pos++];
			const isLong = !!(first & 128);
			let length = 0;
			if (!isLong) length = first;
			else {
				const lenLen = first & 127;
				if (!lenLen) throw new E("tlv.decode(long): indefinite length not supported");
				if (lenLen > 4) throw new E("tlv.decode(long): byte length is too big");
				const lengthBytes = data.subarray(pos, pos + lenLen);
				if (lengthBytes.length !== lenLen) throw new E("tlv.decode: length bytes not complete");
				if (lengthBytes[0] === 0) throw new E("tlv.decode(long): zero leftmost byte");
				for (const b of lengthBytes) length = length << 8 | b;
				pos += lenLen;
				if (length < 128) throw new E("tlv.decode(long): not minimal encoding");
			}
			const v = data.subarray(pos, pos + length);
			if (v.length !== length) throw new E("tlv.decode: wrong value length");
			return {
				v,
				l: data.subarray(pos + length)
			};
		}
	},
	_int: {
		encode(num) {
			const { Err: E } = _DER;
			abignumber(num);
			if (num < _0n$4) throw new E("integer: negative integers are not allowed");
			let hex = numberToHexUnpadded(num);
			if (Number.parseInt(hex[0], 16) & 8) hex = "00" + hex;
			if (hex.length & 1) throw new E("unexpected DER parsing assertion: unpadded hex");
			return hex;
		},
		decode(data) {
			const { Err: E } = _DER;
			if (data.length < 1) throw new E("invalid signature integer: empty");
			if (data[0] & 128) throw new E("invalid signature integer: negative");
			if (data.length > 1 && data[0] === 0 && !(data[1] & 128)) throw new E("invalid signature integer: unnecessary leading zero");
			return bytesToNumberBE(data);
		}
	},
	toSig(bytes, maxScalarBytes) {
		const { Err: E, _int: int, _tlv: tlv } = _DER;
		if (maxScalarBytes !== void 0) {
			asafenumber(maxScalarBytes, "maxScalarBytes");
			if (maxScalarBytes < 1) throw new E("invalid signature: maxScalarBytes must be positive");
		}
		const data = abytes$1(bytes, void 0, "signature");
		const { v: seqBytes, l: seqLeftBytes } = tlv.decode(48, data);
		if (seqLeftBytes.length) throw new E("invalid signature: left bytes after parsing");
		const { v: rBytes, l: rLeftBytes } = tlv.decode(2, seqBytes);
		const { v: sBytes, l: sLeftBytes } = tlv.decode(2, rLeftBytes);
		if (sLeftBytes.length) throw new E("invalid signature: left bytes after parsing");
		if (maxScalarBytes !== void 0 && (rBytes.length > maxScalarBytes || sBytes.length > maxScalarBytes)) throw new E("invalid signature: integer too large");
		return {
			r: int.decode(rBytes),
			s: int.decode(sBytes)
		};
	},
	hexFromSig(sig) {
		const { _tlv: tlv, _int: int } = _DER;
		validateObject(sig, {
			r: "bigint",
			s: "bigint"
		}, {}, "sig");
		const seq = tlv.encode(2, int.encode(sig.r)) + tlv.encode(2, int.encode(sig.s));
		return tlv.encode(48, seq);
	}
};
const DER = /* @__PURE__ */ (() => {
	Object.freeze(_DER._tlv);
	Object.freeze(_DER._int);
	return Object.freeze(_DER);
})();

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const divNearest = (num, den) => (num + (num >= 0 ? den : -den) / _2n$3) / den;
function _splitEndoScalar(k, basis, n) {
	aInRange("scalar", k, _0n$3, n);
	const [[a1, b1], [a2, b2]] = basis;
	const c1 = divNearest(b2 * k, n);
	const c2 = divNearest(-b1 * k, n);
	let k1 = k - c1 * a1 - c2 * a2;
	let k2 = -c1 * b1 - c2 * b2;
	const k1neg = k1 < _0n$3;
	const k2neg = k2 < _0n$3;
	if (k1neg) k1 = -k1;
	if (k2neg) k2 = -k2;
	const MAX_NUM = bitMask(Math.ceil(bitLen(n) / 2)) + _1n$3;
	if (k1 < _0n$3 || k1 >= MAX_NUM || k2 < _0n$3 || k2 >= MAX_NUM) throw new Error("splitScalar (endomorphism): failed for k");
	return {
		k1neg,
		k1,
		k2neg,
		k2
	};
}
function validateSigFormat(format) {
	if (![
		"compact",
		"recovered",
		"der"
	].includes(format)) throw new Error("Signature format must be \"compact\", \"recovered\", or \"der\"");
	return format;
}
function validateSigOpts(opts, def) {
	validateObject(opts);
	const optsn = {};
	for (let optName of Object.keys(def)) optsn[optName] = opts[optName] === void 0 ? def[optName] : opts[optName];
	abool$1(optsn.lowS, "lowS");
	abool$1(optsn.prehash, "prehash");
	if (optsn.format !== void 0) validateSigFormat(optsn.format);
	return optsn;
}
const _0n$3 = /* @__PURE__ */ BigInt(0);
const _1n$3 = /* @__PURE__ */ BigInt(1);
const _2n$3 = /* @__PURE__ */ BigInt(2);
const _3n$1 = /* @__PURE__ */ BigInt(3);
const _4n$1 = /* @__PURE__ */ BigInt(4);
function weierstrass(params, extraOpts = {}) {
	const validated = createCurveFields("weierstrass", params, extraOpts);
	const Fp = validated.Fp;
	const Fn = validated.Fn;
	let CURVE = validated.CURVE;
	const { h: cofactor, n: CURVE_ORDER } = CURVE;
	validateObject(extraOpts, {}, {
		allowInfinityPoint: "boolean",
		clearCofactor: "function",
		isTorsionFree: "function",
		fromBytes: "function",
		toBytes: "function",
		endo: "object",
		randomBytes: "function"
	});
	const { endo: endoOpts, allowInfinityPoint, clearCofactor, isTorsionFree, fromBytes, toBytes } = extraOpts;
	const randomBytes$4 = extraOpts.randomBytes === void 0 ? randomBytes : extraOpts.randomBytes;
	if (endoOpts) {
		if (!Fp.is0(CURVE.a) || typeof endoOpts.beta !== "bigint" || !Array.isArray(endoOpts.basises)) throw new Error("invalid endo: expected \"beta\": bigint and \"basises\": array");
	}
	const endo = endoOpts ? {
		beta: endoOpts.beta,
		basises: endoOpts.basises.map((basis) => [...basis])
	} : void 0;
	const lengths = getWLengths(Fp, Fn);
	function assertCompressionIsSupported() {
		if (!Fp.isOdd) throw new Error("compression is not supported: Field does not have .isOdd()");
	}
	function pointToBytes(_c, point, isCompressed) {
		if (point.is0()) {
			if (!allowInfinityPoint) throw new Error("bad point: ZERO");
			return Uint8Array.of(0);
		}
		const { x, y } = point.toAffine();
		const bx = Fp.toBytes(x);
		abool$1(isCompressed, "isCompressed");
		if (isCompressed) {
			assertCompressionIsSupported();
			const hasEvenY = !Fp.isOdd(y);
			return concatBytes(pprefix(hasEvenY), bx);
		} else return concatBytes(Uint8Array.of(4), bx, Fp.toBytes(y));
	}
	function pointFromBytes(bytes) {
		abytes$1(bytes, void 0, "Point");
		const { publicKey: comp, publicKeyUncompressed: uncomp } = lengths;
		const length = bytes.length;
		const head = bytes[0];
		const tail = bytes.subarray(1);
		if (allowInfinityPoint && length === 1 && head === 0) return {
			x: Fp.ZERO,
			y: Fp.ZERO
		};
		if (length === comp && (head === 2 || head === 3)) {
			const x = Fp.fromBytes(tail);
			if (!Fp.isValid(x)) throw new Error("bad point: is not on curve, wrong x");
			const y2 = weierstrassEquation(x);
			let y;
			try {
				y = Fp.sqrt(y2);
			} catch (sqrtError) {
				const err = sqrtError instanceof Error ? ": " + sqrtError.message : "";
				throw new Error("bad point: is not on curve, sqrt error" + err);
			}
			assertCompressionIsSupported();
			const evenY = Fp.isOdd(y);
			if ((head & 1) === 1 !== evenY) y = Fp.neg(y);
			return {
				x,
				y
			};
		} else if (length === uncomp && head === 4) {
			const L = Fp.BYTES;
			const x = Fp.fromBytes(tail.subarray(0, L));
			const y = Fp.fromBytes(tail.subarray(L, L * 2));
			if (!isValidXY(x, y)) throw new Error("bad point: is not on curve");
			return {
				x,
				y
			};
		} else throw new Error(`bad point: got length ${length}, expected compressed=${comp} or uncompressed=${uncomp}`);
	}
	const encodePoint = toBytes === void 0 ? pointToBytes : toBytes;
	const decodePoint = fromBytes === void 0 ? pointFromBytes : fromBytes;
	const b3 = Fp.mul(CURVE.b, _3n$1);
	const mulA = Fp.is0(CURVE.a) ? (_) => Fp.ZERO : (x) => Fp.mul(CURVE.a, x);
	function weierstrassEquation(x) {
		const x2 = Fp.sqr(x);
		const x3 = Fp.mul(x2, x);
		return Fp.add(Fp.add(x3, Fp.mul(x, CURVE.a)), CURVE.b);
	}
	function isValidXY(x, y) {
		const left = Fp.sqr(y);
		const right = weierstrassEquation(x);
		return Fp.eql(left, right);
	}
	if (!isValidXY(CURVE.Gx, CURVE.Gy)) throw new Error("bad curve params: generator point");
	const _4a3 = Fp.mul(Fp.pow(CURVE.a, _3n$1), _4n$1);
	const _27b2 = Fp.mul(Fp.sqr(CURVE.b), BigInt(27));
	if (Fp.is0(Fp.add(_4a3, _27b2))) throw new Error("bad curve params: a or b");
	function acoord(title, n, banZero = false) {
		if (!Fp.isValid(n) || banZero && Fp.is0(n)) throw new Error(`bad point coordinate ${title}`);
		return typeof n === "object" && n !== null ? Fp.create(n) : n;
	}
	function aprjpoint(other) {
		if (!(other instanceof Point)) throw new Error("Weierstrass Point expected");
	}
	function splitEndoScalarN(k) {
		if (!endo || !endo.basises) throw new Error("no endo");
		return _splitEndoScalar(k, endo.basises, Fn.ORDER);
	}
	function pushWnafPair(points, scalars, p, k) {
		if (!Fn.isValid(k)) throw new RangeError("invalid scalar: out of range");
		if (endo) {
			const { k1neg, k1, k2neg, k2 } = splitEndoScalarN(k);
			const psi = new Point(Fp.mul(p.X, endo.beta), p.Y, p.Z);
			points.push(k1neg ? p.negate() : p, k2neg ? psi.negate() : psi);
			scalars.push(k1, k2);
		} else {
			points.push(p);
			scalars.push(k);
		}
	}
	const validityCache = /* @__PURE__ */ new WeakSet();
	class Point {
		static BASE = new Point(CURVE.Gx, CURVE.Gy, Fp.ONE);
		static ZERO = new Point(Fp.ZERO, Fp.ONE, Fp.ZERO);
		static Fp = Fp;
		static Fn = Fn;
		X;
		Y;
		Z;
		constructor(X, Y, Z) {
			this.X = acoord("x", X);
			this.Y = acoord("y", Y, true);
			this.Z = acoord("z", Z);
			Object.freeze(this);
		}
		static CURVE() {
			return CURVE;
		}
		static fromAffine(p) {
			const { x, y } = p || {};
			if (!p || !Fp.isValid(x) || !Fp.isValid(y)) throw new Error("invalid affine point");
			if (p instanceof Point) throw new Error("projective point not allowed");
			if (Fp.is0(x) && Fp.is0(y)) return Point.ZERO;
			return new Point(x, y, Fp.ONE);
		}
		static fromBytes(bytes) {
			const P = Point.fromAffine(decodePoint(abytes$1(bytes, void 0, "point")));
			P.assertValidity();
			return P;
		}
		static fromHex(hex) {
			return Point.fromBytes(hexToBytes(hex));
		}
		get x() {
			return this.toAffine().x;
		}
		get y() {
			return this.toAffine().y;
		}
		precompute(windowSize = 6, isLazy = true) {
			wnaf.setWindowSize(this, windowSize);
			if (!isLazy) this.multiply(_3n$1);
			return this;
		}
		assertValidity() {
			const p = this;
			if (p.is0()) {
				if (allowInfinityPoint && Fp.is0(p.X) && Fp.eql(p.Y, Fp.ONE) && Fp.is0(p.Z)) return;
				throw new Error("bad point: ZERO");
			}
			if (validityCache.has(p)) return;
			const { x, y } = p.toAffine();
			if (!Fp.isValid(x) || !Fp.isValid(y)) throw new Error("bad point: x or y not field elements");
			if (!isValidXY(x, y)) throw new Error("bad point: equation left != right");
			if (!p.isTorsionFree()) throw new Error("bad point: not in prime-order subgroup");
			validityCache.add(p);
		}
		hasEvenY() {
			const { y } = this.toAffine();
			if (!Fp.isOdd) throw new Error("Field doesn't support isOdd");
			return !Fp.isOdd(y);
		}
		equals(other) {
			aprjpoint(other);
			const { X: X1, Y: Y1, Z: Z1 } = this;
			const { X: X2, Y: Y2, Z: Z2 } = other;
			const U1 = Fp.eql(Fp.mul(X1, Z2), Fp.mul(X2, Z1));
			const U2 = Fp.eql(Fp.mul(Y1, Z2), Fp.mul(Y2, Z1));
			return U1 && U2;
		}
		negate() {
			return new Point(this.X, Fp.neg(this.Y), this.Z);
		}
		double() {
			const { X: X1, Y: Y1, Z: Z1 } = this;
			let X3 = Fp.ZERO, Y3 = Fp.ZERO, Z3 = Fp.ZERO;
			let t0 = Fp.mul(X1, X1);
			let t1 = Fp.mul(Y1, Y1);
			let t2 = Fp.mul(Z1, Z1);
			let t3 = Fp.mul(X1, Y1);
			t3 = Fp.add(t3, t3);
			Z3 = Fp.mul(X1, Z1);
			Z3 = Fp.add(Z3, Z3);
			X3 = mulA(Z3);
			Y3 = Fp.mul(b3, t2);
			Y3 = Fp.add(X3, Y3);
			X3 = Fp.sub(t1, Y3);
			Y3 = Fp.add(t1, Y3);
			Y3 = Fp.mul(X3, Y3);
			X3 = Fp.mul(t3, X3);
			Z3 = Fp.mul(b3, Z3);
			t2 = mulA(t2);
			t3 = Fp.sub(t0, t2);
			t3 = mulA(t3);
			t3 = Fp.add(t3, Z3);
			Z3 = Fp.add(t0, t0);
			t0 = Fp.add(Z3, t0);
			t0 = Fp.add(t0, t2);
			t0 = Fp.mul(t0, t3);
			Y3 = Fp.add(Y3, t0);
			t2 = Fp.mul(Y1, Z1);
			t2 = Fp.add(t2, t2);
			t0 = Fp.mul(t2, t3);
			X3 = Fp.sub(X3, t0);
			Z3 = Fp.mul(t2, t1);
			Z3 = Fp.add(Z3, Z3);
			Z3 = Fp.add(Z3, Z3);
			return new Point(X3, Y3, Z3);
		}
		add(other) {
			aprjpoint(other);
			const { X: X1, Y: Y1, Z: Z1 } = this;
			const { X: X2, Y: Y2, Z: Z2 } = other;
			let X3 = Fp.ZERO, Y3 = Fp.ZERO, Z3 = Fp.ZERO;
			let t0 = Fp.mul(X1, X2);
			let t1 = Fp.mul(Y1, Y2);
			let t2 = Fp.mul(Z1, Z2);
			let t3 = Fp.add(X1, Y1);
			let t4 = Fp.add(X2, Y2);
			t3 = Fp.mul(t3, t4);
			t4 = Fp.add(t0, t1);
			t3 = Fp.sub(t3, t4);
			t4 = Fp.add(X1, Z1);
			let t5 = Fp.add(X2, Z2);
			t4 = Fp.mul(t4, t5);
			t5 = Fp.add(t0, t2);
			t4 = Fp.sub(t4, t5);
			t5 = Fp.add(Y1, Z1);
			X3 = Fp.add(Y2, Z2);
			t5 = Fp.mul(t5, X3);
			X3 = Fp.add(t1, t2);
			t5 = Fp.sub(t5, X3);
			Z3 = mulA(t4);
			X3 = Fp.mul(b3, t2);
			Z3 = Fp.add(X3, Z3);
			X3 = Fp.sub(t1, Z3);
			Z3 = Fp.add(t1, Z3);
			Y3 = Fp.mul(X3, Z3);
			t1 = Fp.add(t0, t0);
			t1 = Fp.add(t1, t0);
			t2 = mulA(t2);
			t4 = Fp.mul(b3, t4);
			t1 = Fp.add(t1, t2);
			t2 = Fp.sub(t0, t2);
			t2 = mulA(t2);
			t4 = Fp.add(t4, t2);
			t0 = Fp.mul(t1, t4);
			Y3 = Fp.add(Y3, t0);
			t0 = Fp.mul(t5, t4);
			X3 = Fp.mul(t3, X3);
			X3 = Fp.sub(X3, t0);
			t0 = Fp.mul(t3, t1);
			Z3 = Fp.mul(t5, Z3);
			Z3 = Fp.add(Z3, t0);
			return new Point(X3, Y3, Z3);
		}
		subtract(other) {
			aprjpoint(other);
			return this.add(other.negate());
		}
		is0() {
			return this.equals(Point.ZERO);
		}
		multiply(scalar) {
			if (!Fn.isValidNot0(scalar)) throw new RangeError("invalid scalar: out of range");
			const { p, f } = wnaf.mulSecret(this, scalar, cofactor, normalize);
			return normalize([p, f])[0];
		}
		multiplyUnsafe(scalar) {
			const p = this;
			const sc = scalar;
			if (!Fn.isValid(sc)) throw new RangeError("invalid scalar: out of range");
			if (sc === _0n$3 || p.is0()) return Point.ZERO;
			if (sc === _1n$3) return p;
			if (wnaf.hasWindowSize(this)) return wnaf.mulUnsafe(p, sc, normalize);
			const points = [];
			const scalars = [];
			pushWnafPair(points, scalars, p, sc);
			return mulAddUnsafe(Point, points, scalars);
		}
		mulAddUnsafe(a, other, b) {
			aprjpoint(other);
			const points = [];
			const scalars = [];
			pushWnafPair(points, scalars, this, a);
			pushWnafPair(points, scalars, other, b);
			return mulAddUnsafe(Point, points, scalars);
		}
		toAffine(invertedZ) {
			const p = this;
			let iz = invertedZ;
			if (iz != null && !Fp.isValid(iz)) throw new RangeError("\"invertedZ\" expected valid field element");
			const { X, Y, Z } = p;
			if (Fp.eql(Z, Fp.ONE)) return {
				x: X,
				y: Y
			};
			const is0 = p.is0();
			if (iz == null) iz = is0 ? Fp.ONE : Fp.inv(Z);
			const x = Fp.mul(X, iz);
			const y = Fp.mul(Y, iz);
			const zz = Fp.mul(Z, iz);
			if (is0) return {
				x: Fp.ZERO,
				y: Fp.ZERO
			};
			if (!Fp.eql(zz, Fp.ONE)) throw new Error("invZ was invalid");
			return {
				x,
				y
			};
		}
		isTorsionFree() {
			if (cofactor === _1n$3) return true;
			if (isTorsionFree) return isTorsionFree(Point, this);
			return wnaf.mulUnsafe(this, CURVE_ORDER).is0();
		}
		clearCofactor() {
			if (cofactor === _1n$3) return this;
			if (clearCofactor) return clearCofactor(Point, this);
			return this.multiplyUnsafe(cofactor);
		}
		isSmallOrder() {
			if (cofactor === _1n$3) return this.is0();
			return this.clearCofactor().is0();
		}
		toBytes(isCompressed = true) {
			abool$1(isCompressed, "isCompressed");
			this.assertValidity();
			return encodePoint(Point, this, isCompressed);
		}
		toHex(isCompressed = true) {
			return bytesToHex(this.toBytes(isCompressed));
		}
		toString() {
			return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
		}
	}
	const normalize = (points) => normalizeZ(Point, points);
	const wnaf = new ScalarMultiplier(Point, randomBytes$4);
	if (wnaf.bits >= 6) Point.BASE.precompute(6);
	Object.freeze(Point.prototype);
	Object.freeze(Point);
	return Point;
}
function pprefix(hasEvenY) {
	return Uint8Array.of(hasEvenY ? 2 : 3);
}
function getWLengths(Fp, Fn) {
	return {
		secretKey: Fn.BYTES,
		publicKey: 1 + Fp.BYTES,
		publicKeyUncompressed: 1 + 2 * Fp.BYTES,
		publicKeyHasPrefix: true,
		signature: 2 * Fn.BYTES
	};
}
function ecdh(Point, ecdhOpts = {}) {
	validatePointCons(Point);
	const { Fn } = Point;
	const randomBytes_ = ecdhOpts.randomBytes === void 0 ? randomBytes : ecdhOpts.randomBytes;
	const lengths = Object.assign(getWLengths(Point.Fp, Fn), { seed: Math.max(getMinHashLength(Fn.ORDER), 16) });
	function isValidSecretKey(secretKey) {
		try {
			const num = Fn.fromBytes(secretKey);
			return Fn.isValidNot0(num);
		} catch (error) {
			return false;
		}
	}
	function isValidPublicKey(publicKey, isCompressed) {
		const { publicKey: comp, publicKeyUncompressed } = lengths;
		try {
			const l = publicKey.length;
			if (isCompressed === true && l !== comp) return false;
			if (isCompressed === false && l !== publicKeyUncompressed) return false;
			return !Point.fromBytes(publicKey).is0();
		} catch (error) {
			return false;
		}
	}
	function randomSecretKey(seed) {
		seed = seed === void 0 ? randomBytes_(lengths.seed) : seed;
		return mapHashToField(abytes$1(seed, lengths.seed, "seed"), Fn.ORDER);
	}
	function getPublicKey(secretKey, isCompressed = true) {
		return Point.BASE.multiply(Fn.fromBytes(secretKey)).toBytes(isCompressed);
	}
	function isProbPub(item) {
		const { secretKey, publicKey, publicKeyUncompressed } = lengths;
		const allowedLengths = Fn._lengths;
		if (!isBytes$1(item)) return void 0;
		const l = abytes$1(item, void 0, "key").length;
		const isPub = l === publicKey || l === publicKeyUncompressed;
		const isSec = l === secretKey || !!allowedLengths?.includes(l);
		if (isPub && isSec) return void 0;
		return isPub;
	}
	function getSharedSecret(secretKeyA, publicKeyB, isCompressed = true) {
		if (isProbPub(secretKeyA) === true) throw new Error("first arg must be private key");
		if (isProbPub(publicKeyB) === false) throw new Error("second arg must be public key");
		const s = Fn.fromBytes(secretKeyA);
		const b = Point.fromBytes(publicKeyB);
		if (b.is0()) throw new Error("invalid public key: point at infinity");
		return b.multiply(s).toBytes(isCompressed);
	}
	const utils = {
		isValidSecretKey,
		isValidPublicKey,
		randomSecretKey
	};
	const keygen = createKeygen(randomSecretKey, getPublicKey);
	Object.freeze(utils);
	Object.freeze(lengths);
	return Object.freeze({
		getPublicKey,
		getSharedSecret,
		keygen,
		Point,
		utils,
		lengths
	});
}
function ecdsa(Point, hash, ecdsaOpts = {}) {
	validatePointCons(Point);
	const hash_ = hash;
	ahash(hash_);
	validateObject(ecdsaOpts, {}, {
		hmac: "function",
		lowS: "boolean",
		randomBytes: "function",
		bits2int: "function",
		bits2int_modN: "function"
	});
	const opts = Object.assign({}, ecdsaOpts);
	const randomBytes$5 = opts.randomBytes === void 0 ? randomBytes : opts.randomBytes;
	const hmac$1 = opts.hmac === void 0 ? (key, msg) => hmac(hash_, key, msg) : opts.hmac;
	const { Fp, Fn } = Point;
	const { ORDER: CURVE_ORDER, BITS: fnBits } = Fn;
	const blindLength = getMinHashLength(CURVE_ORDER);
	const csprng = probeRandomBytes(randomBytes$5, blindLength);
	const { keygen, getPublicKey, getSharedSecret, utils, lengths } = ecdh(Point, opts);
	const defaultSigOpts = {
		prehash: true,
		lowS: typeof opts.lowS === "boolean" ? opts.lowS : true,
		format: "compact",
		extraEntropy: false
	};
	const hasLargeRecoveryLifts = CURVE_ORDER * _2n$3 + _1n$3 < Fp.ORDER;
	function isBiggerThanHalfOrder(number) {
		return number > CURVE_ORDER >> _1n$3;
	}
	function validateRS(title, num) {
		if (!Fn.isValidNot0(num)) throw new Error(`invalid signature ${title}: out of range 1..Point.Fn.ORDER`);
		return num;
	}
	function assertFieldSignIsSupported() {
		if (!Fp.isOdd) throw new Error("Field doesn't support isOdd");
	}
	function getRecoveryBit(x, y, r) {
		assertFieldSignIsSupported();
		return (x === r ? 0 : 2) | Number(Fp.isOdd(y));
	}
	function assertRecoverableCurve() {
		if (hasLargeRecoveryLifts) throw new Error("\"recovered\" sig type is not supported for cofactor >2 curves");
	}
	function validateSigLength(bytes, format) {
		validateSigFormat(format);
		const size = lengths.signature;
		const sizer = format === "compact" ? size : format === "recovered" ? size + 1 : void 0;
		return abytes$1(bytes, sizer);
	}
	class Signature {
		r;
		s;
		recovery;
		constructor(r, s, recovery) {
			this.r = validateRS("r", r);
			this.s = validateRS("s", s);
			if (recovery != null) {
				assertRecoverableCurve();
				if (![
					0,
					1,
					2,
					3
				].includes(recovery)) throw new Error("invalid recovery id");
				this.recovery = recovery;
			}
			Object.freeze(this);
		}
		static fromBytes(bytes, format = defaultSigOpts.format) {
			validateSigLength(bytes, format);
			let recid;
			if (format === "der") {
				if (bytes.length > 2 * Fn.BYTES + 16) throw new DER.Err("invalid signature: DER signature too long");
				const { r, s } = DER.toSig(abytes$1(bytes), Fn.BYTES + 1);
				return new Signature(r, s);
			}
			if (format === "recovered") {
				recid = bytes[0];
				format = "compact";
				bytes = bytes.subarray(1);
			}
			const L = lengths.signature / 2;
			const r = bytes.subarray(0, L);
			const s = bytes.subarray(L, L * 2);
			return new Signature(Fn.fromBytes(r), Fn.fromBytes(s), recid);
		}
		static fromHex(hex, format) {
			return this.fromBytes(hexToBytes(hex), format);
		}
		assertRecovery() {
			const { recovery } = this;
			if (recovery == null) throw new Error("invalid recovery id: must be present");
			return recovery;
		}
		addRecoveryBit(recovery) {
			return new Signature(this.r, this.s, recovery);
		}
		recoverPublicKey(messageHash) {
			const { r, s } = this;
			const recovery = this.assertRecovery();
			const radj = recovery === 2 || recovery === 3 ? r + CURVE_ORDER : r;
			if (!Fp.isValid(radj)) throw new Error("invalid recovery id: sig.r+curve.n != R.x");
			const x = Fp.toBytes(radj);
			const R = Point.fromBytes(concatBytes(pprefix((recovery & 1) === 0), x));
			const ir = Fn.inv(radj);
			const h = bits2int_modN(abytes$1(messageHash, void 0, "msgHash"));
			const u1 = Fn.create(-h * ir);
			const u2 = Fn.create(s * ir);
			const Q = Point.BASE.mulAddUnsafe(u1, R, u2);
			if (Q.is0()) throw new Error("invalid recovery: point at infinify");
			Q.assertValidity();
			return Q;
		}
		hasHighS() {
			return isBiggerThanHalfOrder(this.s);
		}
		toBytes(format = defaultSigOpts.format) {
			validateSigFormat(format);
			if (format === "der") return hexToBytes(DER.hexFromSig(this));
			const { r, s } = this;
			const rb = Fn.toBytes(r);
			const sb = Fn.toBytes(s);
			if (format === "recovered") {
				assertRecoverableCurve();
				return concatBytes(Uint8Array.of(this.assertRecovery()), rb, sb);
			}
			return concatBytes(rb, sb);
		}
		toHex(format) {
			return bytesToHex(this.toBytes(format));
		}
	}
	Object.freeze(Signature.prototype);
	Object.freeze(Signature);
	const bits2int = opts.bits2int === void 0 ? function bits2int_def(bytes) {
		if (bytes.length > 8192) throw new Error("input is too large");
		const num = bytesToNumberBE(bytes);
		const delta = bytes.length * 8 - fnBits;
		return delta > 0 ? num >> BigInt(delta) : num;
	} : opts.bits2int;
	const bits2int_modN = opts.bits2int_modN === void 0 ? function bits2int_modN_def(bytes) {
		return Fn.create(bits2int(bytes));
	} : opts.bits2int_modN;
	const ORDER_MASK = bitMask(fnBits);
	function int2octets(num) {
		aInRange("num < 2^" + fnBits, num, _0n$3, ORDER_MASK);
		return Fn.toBytes(num);
	}
	function validateMsgAndHash(message, prehash) {
		abytes$1(message, void 0, "message");
		return prehash ? abytes$1(hash_(message), void 0, "prehashed message") : message;
	}
	function prepSig(message, secretKey, opts) {
		const { lowS, prehash, extraEntropy } = validateSigOpts(opts, defaultSigOpts);
		message = validateMsgAndHash(message, prehash);
		const h1int = bits2int_modN(message);
		const d = Fn.fromBytes(secretKey);
		if (!Fn.isValidNot0(d)) throw new Error("invalid private key");
		const seedArgs = [int2octets(d), int2octets(h1int)];
		if (extraEntropy != null && extraEntropy !== false) {
			const e = extraEntropy === true ? randomBytes$5(lengths.secretKey) : extraEntropy;
			seedArgs.push(abytes$1(e, void 0, "extraEntropy"));
		}
		const seed = concatBytes(...seedArgs);
		const m = h1int;
		function k2sig(kBytes) {
			const k = bits2int(kBytes);
			if (!Fn.isValidNot0(k)) return;
			const q = Point.BASE.multiply(k).toAffine();
			const r = Fn.create(q.x);
			if (r === _0n$3) return;
			let s;
			if (csprng !== void 0) {
				const b = bytesToNumberBE(mapHashToField(csprng(blindLength), CURVE_ORDER));
				const ibk = Fn.inv(Fn.mul(b, k));
				const bm = Fn.mul(b, m);
				const bd = Fn.mul(b, d);
				s = Fn.create(ibk * Fn.create(bm + bd * r));
			} else {
				const ik = invertCt(k, CURVE_ORDER);
				s = Fn.create(ik * Fn.create(m + r * d));
			}
			if (s === _0n$3) return;
			let recovery = getRecoveryBit(q.x, q.y, r);
			let normS = s;
			if (lowS && isBiggerThanHalfOrder(s)) {
				normS = Fn.neg(s);
				recovery ^= 1;
			}
			return new Signature(r, normS, hasLargeRecoveryLifts ? void 0 : recovery);
		}
		return {
			seed,
			k2sig
		};
	}
	function sign(message, secretKey, opts = {}) {
		const { seed, k2sig } = prepSig(message, secretKey, opts);
		return createHmacDrbg(hash_.outputLen, Fn.BYTES, hmac$1)(seed, k2sig).toBytes(opts.format);
	}
	function verify(signature, message, publicKey, opts = {}) {
		const { lowS, prehash, format } = validateSigOpts(opts, defaultSigOpts);
		publicKey = abytes$1(publicKey, void 0, "publicKey");
		message = validateMsgAndHash(message, prehash);
		if (!isBytes$1(signature)) {
			const end = signature instanceof Signature ? ", use sig.toBytes()" : "";
			throw new Error("verify expects Uint8Array signature" + end);
		}
		validateSigLength(signature, format);
		try {
			const sig = Signature.fromBytes(signature, format);
			const P = Point.fromBytes(publicKey);
			if (P.is0()) return false;
			if (lowS && sig.hasHighS()) return false;
			const { r, s } = sig;
			const h = bits2int_modN(message);
			const is = Fn.inv(s);
			const u1 = Fn.create(h * is);
			const u2 = Fn.create(r * is);
			const R = Point.BASE.mulAddUnsafe(u1, P, u2);
			if (R.is0()) return false;
			const q = R.toAffine();
			if (Fn.create(q.x) !== r) return false;
			if (format === "recovered" && sig.recovery !== getRecoveryBit(q.x, q.y, r)) return false;
			return true;
		} catch (e) {
			return false;
		}
	}
	function recoverPublicKey(signature, message, opts = {}) {
		const { prehash } = validateSigOpts(opts, defaultSigOpts);
		message = validateMsgAndHash(message, prehash);
		return Signature.fromBytes(signature, "recovered").recoverPublicKey(message).toBytes();
	}
	return Object.freeze({
		keygen,
		getPublicKey,
		getSharedSecret,
		utils,
		lengths,
		Point,
		sign,
		verify,
		recoverPublicKey,
		Signature,
		hash: hash_
	});
}

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const p256_CURVE = /* @__PURE__ */ (() => ({
	p: BigInt("0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
	n: BigInt("0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
	h: BigInt(1),
	a: BigInt("0xffffffff00000001000000000000000000000000fffffffffffffffffffffffc"),
	b: BigInt("0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
	Gx: BigInt("0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"),
	Gy: BigInt("0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
}))();
const p256_Point = /* @__PURE__ */ weierstrass(p256_CURVE);
const p256 = /* @__PURE__ */ ecdsa(p256_Point, sha256);

const ORDER = p256.Point.Fn.ORDER;
const HALF_ORDER = fromHex((ORDER >> 1n).toString(16));

const INDEX_HEADER_SIZE = 30 + 9;
const INNER_HEADER_REACH = INDEX_HEADER_SIZE + 168;
const innerHeaderHash = (profile, header) => profile.hashHex(fromBase64Url(header));
function fileKeyFits(profile, header, fileKey) {
	try {
		return headerFits(profile.primitives, fromBase64Url(header), fromBase64Url(fileKey));
	} catch {
		return false;
	}
}

const PART_TYPES = [
	"OPENING_SHEET",
	"PRICE",
	"COMMERCIAL",
	"TECHNICAL",
	"QUALIFICATION",
	"BLIND_TECHNICAL",
	"ATTACHMENT"
];
const BID_PARTS_MAX = 1e3;
const partId = (place) => String(place).padStart(4, "0");
const zPartId = string().regex(/^[0-9]{4}$/);

const zLegacyIndex = strictObject({
	v: literal(1),
	kind: literal("bid"),
	origin: string().min(3).max(200),
	bidder: string().min(1).max(80),
	bid: zUuid,
	files: array(strictObject({
		name: string().max(200),
		title: string().max(200),
		size: int().min(0),
		hash: zHash
	})).min(1).max(BID_PARTS_MAX)
});
const TYPES = [
	[/^opening-sheet\.json$/, "OPENING_SHEET"],
	[/^price.*$|报价/i, "PRICE"],
	[/^technical(-[a-z0-9-]+)?\.[a-z0-9]+$/, "TECHNICAL"],
	[/^commercial(-[a-z0-9-]+)?\.[a-z0-9]+$/, "COMMERCIAL"],
	[/^qualification(-[a-z0-9-]+)?\.[a-z0-9]+$/, "QUALIFICATION"]
];
const MEDIA = {
	pdf: "application/pdf",
	json: "application/json",
	png: "image/png",
	jpg: "image/jpeg"
};
function readLegacyIndex(value) {
	const read = zLegacyIndex.safeParse(value);
	if (!read.success) return null;
	const { origin, bidder, bid, files } = read.data;
	return {
		v: 1,
		origin,
		bidder,
		bid,
		parts: files.map(({ name, title, size, hash }, at) => ({
			id: partId(at + 1),
			type: TYPES.find(([pattern]) => pattern.test(name))?.[1] ?? "ATTACHMENT",
			title,
			media: MEDIA[name.split(".").at(-1) ?? ""] ?? "application/octet-stream",
			size,
			hash,
			place: name
		}))
	};
}

const SHEET_BYTES_MAX = 1 << 18;
const SHEET_MEDIA = "application/json";
const zPart$1 = strictObject({
	id: zPartId,
	type: _enum(PART_TYPES),
	title: string().min(1).max(200),
	media: string().regex(/^[a-z0-9][a-z0-9.+-]{0,60}\/[a-z0-9][a-z0-9.+-]{0,60}$/),
	size: int().min(0),
	hash: zHash
});
const zBidIndex = strictObject({
	v: literal(2),
	kind: literal("bid"),
	origin: string().min(3).max(200),
	bidder: string().min(1).max(80),
	bid: zUuid,
	parts: array(zPart$1).min(1).max(BID_PARTS_MAX)
}).refine(({ parts }) => parts.every(({ id }, at) => id === partId(at + 1)), "parts are not numbered from 0001 on").refine(({ parts }) => parts.filter(({ type }) => type === "OPENING_SHEET").length === 1, "not exactly one opening sheet").refine(({ parts }) => parts.every(({ type, media, size }) => type !== "OPENING_SHEET" || media === "application/json" && size <= 262144), `the opening sheet is not ${SHEET_MEDIA} of at most ${SHEET_BYTES_MAX} bytes`);
const bidFault = (code, message) => ({
	code,
	message
});
function indexSalt(profile, fileKey, v) {
	return toBase64Url(profile.primitives.derive(fileKey, /* @__PURE__ */ new Uint8Array(0), utf8(`gongping/bid/v${v}/index-salt`), 32));
}
const partPlace = (id) => `parts/${id}.age`;
function readBidIndex(text) {
	try {
		const value = parseCanonical(text);
		const read = zBidIndex.safeParse(value);
		if (!read.success) return readLegacyIndex(value);
		const { origin, bidder, bid, parts } = read.data;
		return {
			v: 2,
			origin,
			bidder,
			bid,
			parts: parts.map((part) => ({
				...part,
				place: partPlace(part.id)
			}))
		};
	} catch {
		return null;
	}
}
const sheetOf$1 = ({ parts }) => parts.find(({ type }) => type === "OPENING_SHEET");
function identityFault(index, expected) {
	if (index.origin !== expected.origin || index.bid !== expected.bid) return bidFault("OTHER_LOT", `The package was made for ${index.origin}, bid ${index.bid}.`);
	return index.bidder === expected.bidder ? null : bidFault("OTHER_BIDDER", `The package was made by ${index.bidder}.`);
}

const BOX_KEEPERS_MAX = 16;
const zBoxPurpose = string().regex(/^[a-z][a-z-]{1,30}(:[A-Za-z0-9._-]{1,60})?$/);
const zBoxManifest = strictObject({
	v: literal(1),
	profile: literal("gp-std-1"),
	purpose: zBoxPurpose,
	context: string().min(3).max(300),
	threshold: int().min(1).max(BOX_KEEPERS_MAX),
	keepers: array(strictObject({
		party: zName,
		publicKey: zBytes.max(60),
		wrap: zBytes.max(200)
	})).min(1).max(BOX_KEEPERS_MAX),
	boxKey: zBytes.max(60),
	ciphertext: strictObject({
		hash: zHash,
		size: int().min(0)
	}),
	plaintext: zHash
});
const boxContext = (origin, party, item) => `${origin}#${party}#${item}`;
const boxFault$1 = (code, message, keeper = null) => ({
	code,
	keeper,
	message
});

const PUBLIC_PREFIX = {
	command: fromHex("3039301306072a8648ce3d020106082a8648ce3d030107032200"),
	node: fromHex("302a300506032b6570032100"),
	agreement: fromHex("302a300506032b656e032100")
};
const PRIVATE_PREFIX = {
	command: fromHex("308187020100301306072a8648ce3d020106082a8648ce3d030107046d306b0201010420"),
	node: fromHex("302e020100300506032b657004220420"),
	agreement: fromHex("302e020100300506032b656e04220420")
};
const PRIVATE_POINT = fromHex("a144034200");
const SECRET_SIZE = 32;
const POINT_SIZE$1 = 65;
function privateKeyDer(kind, secret, point) {
	const head = concatBytes$1(PRIVATE_PREFIX[kind], secret);
	return kind === "command" && point !== void 0 ? concatBytes$1(head, PRIVATE_POINT, point) : head;
}
function readPrivateKeyDer(der) {
	for (const kind of [
		"command",
		"node",
		"agreement"
	]) {
		const prefix = PRIVATE_PREFIX[kind];
		const end = prefix.length + SECRET_SIZE;
		const size = kind === "command" ? end + PRIVATE_POINT.length + POINT_SIZE$1 : end;
		if (der.length !== size || !equalBytes$2(der.subarray(0, prefix.length), prefix)) continue;
		if (kind === "command" && !equalBytes$2(der.subarray(end, end + PRIVATE_POINT.length), PRIVATE_POINT)) continue;
		return {
			kind,
			secret: der.slice(prefix.length, end)
		};
	}
	return null;
}

function signingBytes(purpose, value) {
	return concatBytes$1(utf8(SIGNING_PREFIX[purpose]), value instanceof Uint8Array ? value : canonicalBytes(value));
}

const checkKeeperKey = (profile, place, publicKey, proof) => isProven(profile, placed(place, { publicKey }), publicKey, proof);
const checkDrill = (profile, place, challenge, publicKey, proof) => isProven(profile, drilled(place, challenge, { publicKey }), publicKey, proof);
const placed = ({ origin, purpose, party }, { publicKey }) => signingBytes("keeperKey", {
	origin,
	purpose,
	party,
	publicKey
});
const drilled = ({ origin, purpose, party }, challenge, { publicKey }) => signingBytes("keeperDrill", {
	origin,
	purpose,
	party,
	publicKey,
	challenge
});
function isProven({ primitives }, statement, publicKey, proof) {
	try {
		return primitives.checkAgreementKey(rawAgreementKey(publicKey), statement, fromBase64Url(proof));
	} catch {
		return false;
	}
}
function isEncryptionKey(profile, publicKey) {
	try {
		profile.primitives.agree((/* @__PURE__ */ new Uint8Array(32)).fill(1), rawAgreementKey(publicKey));
		return true;
	} catch {
		return false;
	}
}
function keeperPublicKey(profile, privateKey) {
	return encodePublicKey("agreement", profile.primitives.agreementPublicKey(fromBase64Url(privateKey)));
}

function shapeFault({ keepers, threshold }) {
	if (threshold > keepers.length) return boxFault$1("SHARE_COUNT", `${threshold} shares are needed and ${keepers.length} were dealt.`);
	if (new Set(keepers.map((keeper) => keeper.party)).size !== keepers.length) return boxFault$1("KEEPER_SET", "A keeper is named twice.");
	if (new Set(keepers.map((keeper) => keeper.publicKey)).size !== keepers.length) return boxFault$1("KEEPER_SET", "A key is named twice.");
	return null;
}
function checkKeepers(manifest, published, terms) {
	if (manifest.purpose !== terms.purpose || manifest.context !== terms.context || manifest.threshold !== terms.threshold) return boxFault$1("SHAPE", "The box was sealed for another purpose, item or threshold.");
	for (const { party, publicKey } of published) {
		const keeper = manifest.keepers.find((item) => item.party === party);
		if (keeper === void 0) return boxFault$1("KEEPER_SET", `Keeper ${party} has no share.`, party);
		if (keeper.publicKey !== publicKey) return boxFault$1("KEEPER_SET", `The key is not the one that ${party} published.`, party);
	}
	if (manifest.keepers.length !== published.length) return boxFault$1("KEEPER_SET", "Somebody has a share who is no keeper.");
	return shapeFault(manifest);
}
function publicKeyOrNull(profile, privateKey) {
	try {
		return keeperPublicKey(profile, privateKey);
	} catch {
		return null;
	}
}
function checkRelease(profile, keeper, privateKey) {
	return publicKeyOrNull(profile, privateKey) === keeper.publicKey ? null : boxFault$1("KEEPER_KEY", `The released key of ${keeper.party} does not fit the published one.`, keeper.party);
}
function recoverMaster(profile, manifest, releases) {
	const keeperFaults = [];
	const shares = [];
	const shape = shapeFault(manifest);
	if (shape !== null) return {
		status: "invalid",
		fault: shape,
		keeperFaults
	};
	for (const [at, keeper] of manifest.keepers.entries()) {
		const release = releases.find((item) => item.party === keeper.party);
		if (release === void 0) continue;
		const wrongKey = checkRelease(profile, keeper, release.privateKey);
		if (wrongKey !== null) {
			keeperFaults.push(wrongKey);
			continue;
		}
		const share = tryUnwrap(profile, manifest, at, release.privateKey);
		if (share === null) return {
			status: "invalid",
			fault: wrapFault(keeper.party),
			keeperFaults
		};
		shares.push({
			number: at + 1,
			value: share
		});
	}
	if (shares.length < manifest.threshold) return {
		status: "waiting",
		missing: manifest.threshold - shares.length,
		keeperFaults
	};
	const master = combineShares(shares.slice(0, manifest.threshold));
	if (boxKeyOf(profile, manifest, master) !== manifest.boxKey) return {
		status: "invalid",
		fault: boxFault$1("WRAP", "The shares do not combine to what the box key was made from."),
		keeperFaults
	};
	return {
		status: "recovered",
		master: toBase64Url(master),
		keeperFaults
	};
}
const wrapFault = (party) => boxFault$1("WRAP", `What the dealer sealed to ${party} is not his share.`, party);
function tryUnwrap(profile, manifest, at, privateKey) {
	const keeper = manifest.keepers[at];
	if (keeper === void 0) return null;
	try {
		const place = {
			keeper,
			number: at + 1,
			boxPublic: rawAgreementKey(manifest.boxKey)
		};
		const share = unwrapShare(profile, fromBase64Url(keeper.wrap), fromBase64Url(privateKey), place);
		return share.length === 32 ? share : null;
	} catch {
		return null;
	}
}

const bodySecrets = ({ boxPublic, fileKey, fileEphemeral, payloadNonce }) => ({
	recipient: boxPublic,
	fileKey,
	ephemeral: fileEphemeral,
	nonce: payloadNonce
});
function newCommitment(primitives, { plaintextSalt: salt }) {
	const running = primitives.newHash();
	running.update(fromBase64Url(salt));
	return running;
}

function checkBox(profile, manifest, master) {
	const dealing = dealAgain(profile, manifest, master);
	return dealing === null ? notMaster() : dealingFault(manifest, dealing);
}
const notMaster = () => boxFault$1("NOT_MASTER", "These bytes are not what the box was dealt from.");
function dealingFault(manifest, dealing) {
	const shape = shapeFault(manifest);
	if (shape !== null) return shape;
	const liar = manifest.keepers.find((keeper, at) => keeper.wrap !== dealing.wraps[at]);
	return liar === void 0 ? null : wrapFault(liar.party);
}
function dealAgain(profile, manifest, master) {
	try {
		const secret = fromBase64Url(master);
		if (secret.length !== 32 || boxKeyOf(profile, manifest, secret) !== manifest.boxKey) return null;
		return deal(profile, manifest, secret);
	} catch {
		return null;
	}
}
const otherContent = () => boxFault$1("COMMITMENT", "The content is not what the manifest committed to.");
function openBox(profile, manifest, ciphertext, master) {
	const opener = BoxOpener.begin(profile, manifest, master);
	if (!(opener instanceof BoxOpener)) return {
		ok: false,
		fault: opener
	};
	const pieces = [...opener.push(ciphertext), ...opener.end()];
	const fault = opener.fault();
	return fault === null ? {
		ok: true,
		content: concatBytes$1(...pieces)
	} : {
		ok: false,
		fault
	};
}
var BoxOpener = class BoxOpener {
	#manifest;
	#file;
	#ciphertext;
	#plaintext;
	#size = 0;
	#isBroken = false;
	constructor({ primitives }, manifest, dealing) {
		this.#manifest = manifest;
		this.#ciphertext = primitives.newHash();
		this.#plaintext = newCommitment(primitives, dealing);
		this.#file = new FileOpener(primitives, (header, nonce) => {
			const { recipient, fileKey, ephemeral, nonce: dealt } = bodySecrets(dealing);
			if (!equalBytes$2(header, writeHeader(primitives, recipient, fileKey, ephemeral)) || !equalBytes$2(nonce, dealt)) throw new HeaderError("not the one that the master gives");
			return fileKey;
		});
	}
	static begin(profile, manifest, master) {
		const dealing = dealAgain(profile, manifest, master);
		if (dealing === null) return notMaster();
		return dealingFault(manifest, dealing) ?? new BoxOpener(profile, manifest, dealing);
	}
	push(ciphertext) {
		this.#ciphertext.update(ciphertext);
		this.#size += ciphertext.length;
		return this.#opened(() => this.#file.push(ciphertext));
	}
	end() {
		return this.#opened(() => this.#file.end());
	}
	fault() {
		const { ciphertext, plaintext } = this.#manifest;
		if (this.#size !== ciphertext.size || this.#ciphertext.hex() !== ciphertext.hash) return boxFault$1("CIPHERTEXT", "These are not the bytes that the manifest names.");
		if (this.#isBroken) return boxFault$1("BODY", "The body is not one that the master gives.");
		return this.#plaintext.hex() === plaintext ? null : otherContent();
	}
	#opened(open) {
		if (this.#isBroken) return [];
		try {
			const pieces = open();
			for (const piece of pieces) this.#plaintext.update(piece);
			return pieces;
		} catch (error) {
			if (!(error instanceof HeaderError || error instanceof PayloadError)) throw error;
			this.#isBroken = true;
			return [];
		}
	}
};
function plaintextSalt(profile, manifest, master) {
	return dealAgain(profile, manifest, master)?.plaintextSalt ?? null;
}

const give = "transfer" in ArrayBuffer.prototype ? (buffer) => {
	buffer.transfer(0);
} : () => void 0;

const partSecret = (profile, fileKey, id) => profile.primitives.derive(fileKey, /* @__PURE__ */ new Uint8Array(0), utf8(`gongping/bid/v2/part/${id}`), 32);
function partKeys(profile, index, fileKey) {
	const keys = {};
	if (index.v === 1) return keys;
	const secret = fromBase64Url(fileKey);
	for (const { id, type } of index.parts) (keys[type] ??= {})[id] = identityText(partSecret(profile, secret, id));
	return keys;
}

function checkBidTexts(profile, texts, expected) {
	let fileKey;
	try {
		fileKey = fromBase64Url(expected.fileKey);
	} catch {
		return bidFault("FILE_KEY", "The file key is not base64url.");
	}
	const index = readBidIndex(texts.index);
	if (index === null) return bidFault("INDEX", "The index is missing or not of this form.");
	if (profile.commitment(indexSalt(profile, fileKey, index.v), texts.index) !== expected.indexCommitment) return bidFault("INDEX_COMMITMENT", "The index is not the one that the bidder signed.");
	if (sheetOf$1(index)?.hash !== profile.hashHex(texts.openingSheet)) return bidFault("PART", "The opening sheet is not the one that the index names.");
	return identityFault(index, expected);
}

const BIDS_PURPOSE = "bids";
const bidContext = ({ origin, bidder, bid }) => boxContext(origin, bidder, bid);

var DerError = class extends Error {
	constructor(reason) {
		super(`not DER: ${reason}`);
		this.name = "DerError";
	}
};
function readElement(bytes, at = 0) {
	const tag = bytes[at];
	const first = bytes[at + 1];
	if (tag === void 0 || first === void 0) throw new DerError("cut off");
	let start = at + 2;
	let length = first;
	if (first >= 128) {
		const count = first & 127;
		if (count === 0 || count > 4) throw new DerError("length form");
		length = 0;
		for (const byte of bytes.subarray(start, start + count)) length = length * 256 + byte;
		start += count;
		if (length < 128 || length < 256 ** (count - 1)) throw new DerError("length not in its shortest form");
	}
	const end = start + length;
	if (end > bytes.length) throw new DerError("cut off");
	return {
		tag,
		content: bytes.subarray(start, end),
		whole: bytes.subarray(at, end),
		end
	};
}
function readChildren(content) {
	const children = [];
	for (let at = 0; at < content.length;) {
		const child = readElement(content, at);
		children.push(child);
		at = child.end;
	}
	return children;
}
function readEcdsaSignature(der) {
	const sequence = readElement(der);
	const numbers = readChildren(sequence.content);
	if (sequence.tag !== 48 || sequence.end !== der.length || numbers.length !== 2) throw new DerError("ECDSA signature");
	const out = /* @__PURE__ */ new Uint8Array(64);
	numbers.forEach(({ tag, content }, index) => {
		const digits = content[0] === 0 ? content.subarray(1) : content;
		if (tag !== 2 || digits.length > 32 || content.length === 0) throw new DerError("ECDSA number");
		out.set(digits, index * 32 + 32 - digits.length);
	});
	return out;
}
function derOf(tag, ...contents) {
	const content = concatBytes$1(...contents);
	const digits = [];
	for (let left = content.length; left > 0; left = Math.floor(left / 256)) digits.unshift(left % 256);
	const length = content.length < 128 ? [content.length] : [128 | digits.length, ...digits];
	return concatBytes$1(Uint8Array.of(tag, ...length), content);
}
const derSetOf = (tag, elements) => derOf(tag, ...[...elements].sort(byBytes));
function byBytes(a, b) {
	const at = a.findIndex((byte, index) => byte !== b[index]);
	return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}
function ecdsaDer(signature) {
	return derOf(48, derInteger(signature.subarray(0, 32)), derInteger(signature.subarray(32)));
}
function derInteger(bytes) {
	let from = 0;
	while (from < bytes.length - 1 && bytes[from] === 0) from += 1;
	const digits = bytes.subarray(from);
	return derOf(2, Uint8Array.of(...(digits[0] ?? 0) >= 128 ? [0] : []), digits);
}

const ALGORITHM = {
	command: fromHex("300a06082a8648ce3d040302"),
	node: fromHex("300506032b6570")
};
const SPKI = {
	command: fromHex("3059301306072a8648ce3d020106082a8648ce3d030107034200"),
	node: fromHex("302a300506032b6570032100"),
	agreement: fromHex("302a300506032b656e032100")
};
function readSignedDer(der) {
	const outer = readElement(der);
	const [signed, algorithm, signature, ...more] = readChildren(outer.content);
	if (outer.tag !== 48 || outer.end !== der.length || signed === void 0 || algorithm === void 0 || signature === void 0) throw new DerError("signed structure");
	if (more.length > 0 || signature.tag !== 3 || signature.content[0] !== 0) throw new DerError("signature");
	const kind = ["command", "node"].find((name) => equalBytes$2(ALGORITHM[name], algorithm.whole)) ?? null;
	return {
		signed: signed.whole,
		kind,
		signature: signature.content.subarray(1)
	};
}
function readSubjectKey(spki) {
	for (const kind of [
		"command",
		"node",
		"agreement"
	]) {
		const prefix = SPKI[kind];
		const size = prefix.length + (kind === "command" ? 65 : 32);
		if (spki.length !== size || !equalBytes$2(spki.subarray(0, prefix.length), prefix)) continue;
		try {
			const raw = spki.subarray(prefix.length);
			return encodePublicKey(kind, kind === "command" ? p256.Point.fromBytes(raw).toBytes(true) : raw);
		} catch {
			return null;
		}
	}
	return null;
}
function verifySignedDer(profile, item, publicKey) {
	if (item.kind === null) return false;
	if (item.kind === "node") return profile.verifyBytes(publicKey, item.signed, item.signature);
	try {
		const signature = p256.Signature.fromBytes(readEcdsaSignature(item.signature), "compact");
		const low = signature.hasHighS() ? new p256.Signature(signature.r, p256.Point.Fn.neg(signature.s)) : signature;
		return profile.verifyBytes(publicKey, item.signed, low.toBytes("compact"));
	} catch {
		return false;
	}
}

const TAG = {
	boolean: 1,
	integer: 2,
	bits: 3,
	octets: 4,
	oid: 6,
	sequence: 48,
	set: 49
};
const UTC_TIME = 23;
const GENERALIZED_TIME = 24;
const ATTRIBUTE = {
	commonName: "550403",
	serialNumber: "550405",
	country: "550406",
	organisation: "55040a",
	unit: "55040b",
	organisationIdentifier: "550461"
};
const SHORT = {
	[ATTRIBUTE.commonName]: "CN",
	[ATTRIBUTE.serialNumber]: "serialNumber",
	[ATTRIBUTE.country]: "C",
	[ATTRIBUTE.organisation]: "O",
	[ATTRIBUTE.unit]: "OU",
	[ATTRIBUTE.organisationIdentifier]: "organizationIdentifier"
};
const EXTENSION = {
	basicConstraints: "551d13",
	keyUsage: "551d0f"
};
function need$1(element, tag, what) {
	if (element?.tag !== tag) throw new DerError(what);
	return element;
}
function readSerial(element) {
	const { content } = need$1(element, TAG.integer, "serial number");
	if (content.length === 0 || content.length > 21) throw new DerError("serial number");
	return toHex(content.length > 1 && content[0] === 0 ? content.subarray(1) : content);
}
function readTime(element) {
	const text = element === void 0 ? "" : fromUtf8(element.content);
	const match = /^(\d\d)?(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(text);
	const isShort = element?.tag === UTC_TIME && text.length === 13;
	if (match === null || !(isShort || element?.tag === GENERALIZED_TIME && text.length === 15)) throw new DerError("time");
	const [, head, year = "", month = "", day = "", hour = "", minute = "", second = ""] = match;
	const instant = `${head ?? (Number(year) < 50 ? "20" : "19")}${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
	if (Number.isNaN(Date.parse(instant))) throw new DerError("time");
	return instant;
}
function readName(element) {
	const { content, whole } = need$1(element, TAG.sequence, "name");
	const values = /* @__PURE__ */ new Map();
	const texts = [];
	for (const relative of readChildren(content)) for (const attribute of readChildren(need$1(relative, TAG.set, "name").content)) {
		const [type, value] = readChildren(need$1(attribute, TAG.sequence, "name").content);
		const name = toHex(need$1(type, TAG.oid, "name").content);
		const text = readText(value);
		if (!values.has(name)) values.set(name, text);
		texts.push(`${SHORT[name] ?? name}=${text}`);
	}
	return {
		der: toHex(whole),
		text: texts.join(", "),
		values
	};
}
const bmp = new TextDecoder("utf-16be", { fatal: true });
function readText(element) {
	switch (element?.tag) {
		case 12:
		case 19:
		case 22: return fromUtf8(element.content).normalize("NFC");
		case 30: return bmp.decode(element.content).normalize("NFC");
		default: throw new DerError("text");
	}
}
function readExtensions(wrapped) {
	let isAuthority = false;
	let pathLength = null;
	let usage = null;
	const list = wrapped === void 0 ? [] : readChildren(need$1(readElement(wrapped.content), TAG.sequence, "extensions").content);
	for (const item of list) {
		const [type, ...rest] = readChildren(need$1(item, TAG.sequence, "extension").content);
		const isCritical = rest.length === 2 && rest[0]?.tag === TAG.boolean && rest[0].content[0] === 255;
		const value = readElement(need$1(rest.at(-1), TAG.octets, "extension").content);
		switch (toHex(need$1(type, TAG.oid, "extension").content)) {
			case EXTENSION.basicConstraints:
				isAuthority = readChildren(value.content).some((child) => child.tag === TAG.boolean && child.content[0] === 255);
				pathLength = readPathLength(readChildren(value.content).find((child) => child.tag === TAG.integer));
				break;
			case EXTENSION.keyUsage:
				usage = need$1(value, TAG.bits, "key usage").content[1] ?? 0;
				break;
			default: if (isCritical) throw new DerError("critical extension that is not understood");
		}
	}
	return {
		isAuthority,
		pathLength,
		usage
	};
}
function readPathLength(element) {
	if (element === void 0) return null;
	const [first = 0, ...more] = element.content;
	if (element.content.length === 0 || first >= 128) throw new DerError("path length");
	return more.length === 0 ? first : null;
}

const CERTIFICATE_SIZE_BYTES_MAX = 6e3;
const DIGITAL_SIGNATURE = 128;
const KEY_CERT_SIGN = 4;
const VERSION$1 = 160;
const EXTENSIONS = 163;
const parsed = /* @__PURE__ */ new Map();
const PARSED_MAX = 4096;
function parseCertificate(profile, der) {
	const known = parsed.get(der);
	if (known !== void 0) return known;
	const certificate = tryParse(profile, der);
	if (parsed.size >= PARSED_MAX) parsed.clear();
	parsed.set(der, certificate);
	return certificate;
}
function tryParse(profile, der) {
	try {
		const bytes = fromBase64Url(der);
		return bytes.length > CERTIFICATE_SIZE_BYTES_MAX ? null : parseBytes(profile, der, bytes);
	} catch {
		return null;
	}
}
function parseBytes(profile, der, bytes) {
	const signed = readSignedDer(bytes);
	const fields = readChildren(readElement(signed.signed).content);
	if (fields[0]?.tag !== VERSION$1) throw new DerError("version");
	const [, serial, , issuer, validity, subject, key, ...rest] = fields;
	const [notBefore, notAfter] = readChildren(need$1(validity, TAG.sequence, "validity").content);
	const issuerName = readName(issuer);
	const subjectName = readName(subject);
	const { isAuthority, pathLength, usage } = readExtensions(rest.find((field) => field.tag === EXTENSIONS));
	const value = (type) => subjectName.values.get(type) ?? null;
	return {
		facts: {
			der,
			fingerprint: profile.hashHex(bytes),
			subject: {
				name: value(ATTRIBUTE.commonName) ?? "",
				organisation: value(ATTRIBUTE.organisation),
				creditCode: value(ATTRIBUTE.organisationIdentifier),
				number: value(ATTRIBUTE.serialNumber)
			},
			subjectText: subjectName.text,
			issuerText: issuerName.text,
			serial: readSerial(serial),
			publicKey: readSubjectKey(need$1(key, TAG.sequence, "key").whole),
			notBefore: readTime(notBefore),
			notAfter: readTime(notAfter),
			isAuthority,
			pathLength,
			canSign: usage === null || (usage & (isAuthority ? KEY_CERT_SIGN : DIGITAL_SIGNATURE)) !== 0
		},
		signed,
		subject: subjectName.der,
		issuer: issuerName.der
	};
}

const oid = (content) => derOf(TAG.oid, fromHex(content));
const DATA = oid("2a864886f70d010701");
const SIGNED_DATA = oid("2a864886f70d010702");
const CONTENT_TYPE = oid("2a864886f70d010903");
const MESSAGE_DIGEST = oid("2a864886f70d010904");
const SIGNING_CERTIFICATE = oid("2a864886f70d010910022f");
const SHA256 = derOf(TAG.sequence, oid("608648016503040201"));
const ECDSA_SHA256 = derOf(TAG.sequence, oid("2a8648ce3d040302"));
const VERSION = derOf(TAG.integer, Uint8Array.of(1));
const CONTEXT = 160;
const CMS_BYTES_MAX = 32768;
const CHAIN_LENGTH_MAX = 4;
function readDetached(profile, cms, digest) {
	try {
		if (cms.length > CMS_BYTES_MAX) return null;
		const { certificates, signature } = fieldsOf(cms);
		for (const certificate of certificates) {
			const leaf = parseCertificate(profile, certificate);
			if (leaf?.facts.publicKey == null) continue;
			const attributes = attributesOf(profile, leaf, digest);
			if (!equalBytes$2(assemble(leaf, certificates, attributes, signature), cms)) continue;
			const others = certificates.filter((other) => other !== certificate);
			const issuers = issuersOf(profile, certificate, others);
			return issuers.length === others.length && profile.verifyBytes(leaf.facts.publicKey, derOf(TAG.set, ...attributes), signature) ? {
				certificate: leaf.facts,
				issuers
			} : null;
		}
		return null;
	} catch {
		return null;
	}
}
function issuersOf(profile, certificate, authorities) {
	const known = authorities.map((der) => parseCertificate(profile, der)).filter((read) => read !== null);
	const chain = [];
	for (let below = parseCertificate(profile, certificate); below !== null && chain.length < CHAIN_LENGTH_MAX;) {
		const { issuer, signed } = below;
		const above = known.find(({ subject, facts }) => subject === issuer && facts.isAuthority && facts.publicKey !== null && verifySignedDer(profile, signed, facts.publicKey));
		if (above === void 0) return [];
		if (above.facts.der === below.facts.der) return chain;
		chain.push(above.facts.der);
		below = above;
	}
	return [];
}
function attributesOf(profile, leaf, digest) {
	const attribute = (type, value) => derOf(TAG.sequence, type, derOf(TAG.set, value));
	const certificateHash = derOf(TAG.octets, profile.hash(fromBase64Url(leaf.facts.der)));
	const reference = derOf(TAG.sequence, derOf(TAG.sequence, derOf(TAG.sequence, certificateHash)));
	const set = derSetOf(TAG.set, [
		attribute(CONTENT_TYPE, DATA),
		attribute(MESSAGE_DIGEST, derOf(TAG.octets, digest)),
		attribute(SIGNING_CERTIFICATE, reference)
	]);
	return readChildren(readElement(set).content).map(({ whole }) => whole);
}
function assemble(leaf, certificates, attributes, signature) {
	const signerInfo = derOf(TAG.sequence, VERSION, derOf(TAG.sequence, fromHex(leaf.issuer), serialOf(leaf)), SHA256, derOf(CONTEXT, ...attributes), ECDSA_SHA256, derOf(TAG.octets, ecdsaDer(signature)));
	const signedData = derOf(TAG.sequence, VERSION, derOf(TAG.set, SHA256), derOf(TAG.sequence, DATA), derSetOf(CONTEXT, certificates.map((der) => fromBase64Url(der))), derOf(TAG.set, signerInfo));
	return derOf(TAG.sequence, SIGNED_DATA, derOf(CONTEXT, signedData));
}
function serialOf(leaf) {
	const [, serial] = readChildren(readElement(leaf.signed.signed).content);
	if (serial === void 0) throw new Error("a certificate without a serial number");
	return serial.whole;
}
function fieldsOf(cms) {
	const inner = readElement(readElement(readElement(cms).content, SIGNED_DATA.length).content);
	const [, , , certificates, signerInfos] = readChildren(inner.content);
	const signerInfo = signerInfos === void 0 ? void 0 : readElement(signerInfos.content);
	const signature = signerInfo === void 0 ? void 0 : readChildren(signerInfo.content).at(-1);
	if (certificates === void 0 || signature === void 0) throw new Error("not a signature of this form");
	return {
		certificates: readChildren(certificates.content).map(({ whole }) => toBase64Url(whole)),
		signature: readEcdsaSignature(signature.content)
	};
}

const TABLES = (() => {
	const tables = /* @__PURE__ */ new Uint32Array(2048);
	for (let index = 0; index < 256; index += 1) {
		let value = index;
		for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? value >>> 1 ^ 3988292384 : value >>> 1;
		tables[index] = value;
	}
	for (let at = 256; at < tables.length; at += 1) {
		const value = tables[at - 256] ?? 0;
		tables[at] = value >>> 8 ^ (tables[value & 255] ?? 0);
	}
	return tables;
})();
const entry = (table, byte) => TABLES[table * 256 + (byte & 255)] ?? 0;
function crc32(bytes, before = 0) {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const whole = bytes.length - bytes.length % 8;
	let crc = before ^ 4294967295;
	for (let at = 0; at < whole; at += 8) {
		const low = view.getUint32(at, true) ^ crc;
		const high = view.getUint32(at + 4, true);
		crc = entry(7, low) ^ entry(6, low >>> 8) ^ entry(5, low >>> 16) ^ entry(4, low >>> 24) ^ entry(3, high) ^ entry(2, high >>> 8) ^ entry(1, high >>> 16) ^ entry(0, high >>> 24);
	}
	for (const byte of bytes.subarray(whole)) crc = crc >>> 8 ^ entry(0, crc ^ byte);
	return (crc ^ 4294967295) >>> 0;
}

const SALT_SIZE = 32;
const SALTED = /* @__PURE__ */ new Uint8Array(24576);
const UTF8_BYTES_MAX = 3;
const encoder = new TextEncoder();
function salted(salt, content) {
	if (typeof content !== "string") return concatBytes$1(salt, content);
	if (SALT_SIZE + content.length * UTF8_BYTES_MAX > SALTED.length) return concatBytes$1(salt, utf8(content));
	SALTED.set(salt);
	const { written } = encoder.encodeInto(content, SALTED.subarray(SALT_SIZE));
	return SALTED.subarray(0, SALT_SIZE + written);
}
function createProfile(id, primitives) {
	const signer = (kind, secret) => {
		const primitive = primitives.signatures[kind];
		return {
			publicKey: encodePublicKey(kind, primitive.publicKey(secret)),
			privateKey: toBase64Url(privateKeyDer(kind, secret, primitive.publicPoint?.(secret))),
			sign: (message) => toBase64Url(primitive.sign(secret, message))
		};
	};
	const verifyBytes = (publicKey, message, signature) => {
		const key = decodePublicKey(publicKey);
		return key !== null && key.kind !== "agreement" && primitives.signatures[key.kind].verify(key.raw, message, signature);
	};
	return {
		id,
		primitives,
		hash: primitives.hash,
		hashHex: (content) => primitives.hashHex(typeof content === "string" ? utf8(content) : content),
		mac: primitives.mac,
		newSalt: () => toBase64Url(primitives.randomBytes(SALT_SIZE)),
		commitment: (salt, content) => {
			const bytes = fromBase64Url(salt);
			if (bytes.length !== SALT_SIZE) throw new RangeError(`a salt has ${SALT_SIZE} bytes, not ${bytes.length}`);
			return primitives.hashHex(salted(bytes, content));
		},
		verifyBytes,
		verify: (publicKey, message, signature) => {
			try {
				return verifyBytes(publicKey, message, fromBase64Url(signature));
			} catch {
				return false;
			}
		},
		generateSigner: (kind = "command") => signer(kind, primitives.signatures[kind].newPrivateKey()),
		signerFrom: (privateKey) => {
			const key = readPrivateKeyDer(fromBase64Url(privateKey));
			if (key === null || key.kind === "agreement") throw new Error("not a signing key of this profile");
			return signer(key.kind, key.secret);
		}
	};
}

/*! noble-ciphers - MIT License (c) 2023 Paul Miller (paulmillr.com) */
function isBytes(a) {
	return a instanceof Uint8Array || ArrayBuffer.isView(a) && a.constructor.name === "Uint8Array" && "BYTES_PER_ELEMENT" in a && a.BYTES_PER_ELEMENT === 1;
}
const atitle = (title) => title ? `"${title}" ` : "";
function abool(value, title = "") {
	if (typeof value !== "boolean") throw new TypeError(atitle(title) + "expected boolean, got type=" + typeof value);
	return value;
}
function anumber(n, title = "") {
	if (typeof n !== "number") throw new TypeError(atitle(title) + "expected number, got " + typeof n);
	if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(atitle(title) + "expected integer >= 0, got " + n);
	return n;
}
function abytes(value, length, title = "") {
	if (isBytes(value) && (length === void 0 || value.length === length)) return value;
	if (length !== void 0) anumber(length, "length");
	const bytes = isBytes(value);
	const ofLen = length !== void 0 ? ` of length ${length}` : "";
	const got = bytes ? `length=${value.length}` : `type=${typeof value}`;
	const message = atitle(title) + "expected Uint8Array" + ofLen + ", got " + got;
	if (!bytes) throw new TypeError(message);
	throw new RangeError(message);
}
const aobject = (value, label) => {
	if (value === null || typeof value !== "object" || Array.isArray(value)) throw new TypeError(label === "object" ? "expected valid options object" : `"${label}" expected object, got type=${typeof value}`);
};
function aexists(instance, checkFinished = true) {
	if (instance.destroyed) throw new Error("hash was destroyed");
	if (checkFinished && instance.finished) throw new Error("digest() was already called");
}
function aoutput(out, instance) {
	abytes(out, void 0, "output");
	const min = instance.outputLen;
	if (!(out.length >= min)) throw new RangeError("\"output\" expected length >= " + min);
}
function u32(arr) {
	return new Uint32Array(arr.buffer, arr.byteOffset, Math.floor(arr.byteLength / 4));
}
function clean(...arrays) {
	for (let i = 0; i < arrays.length; i++) arrays[i].fill(0);
}
function createView(arr) {
	return new DataView(arr.buffer, arr.byteOffset, arr.byteLength);
}
const isLE = /* @__PURE__ */ (() => new Uint8Array(new Uint32Array([287454020]).buffer)[0] === 68)();
function byteSwap(word) {
	return word << 24 & 4278190080 | word << 8 & 16711680 | word >>> 8 & 65280 | word >>> 24 & 255;
}
function byteSwap32(arr) {
	for (let i = 0; i < arr.length; i++) arr[i] = byteSwap(arr[i]);
	return arr;
}
const swap32IfBE = isLE ? (u) => u : byteSwap32;
function overlapBytes(a, b) {
	if (!a.byteLength || !b.byteLength) return false;
	return a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
}
function complexOverlapBytes(input, output) {
	if (overlapBytes(input, output) && input.byteOffset < output.byteOffset) throw new Error("complex overlap of input and output is not supported");
}
function checkOpts(defaults, opts) {
	aobject(defaults, "defaults");
	aobject(opts, "opts");
	return Object.assign(defaults, opts);
}
function equalBytes(a, b) {
	a = abytes(a);
	b = abytes(b);
	if (a.length !== b.length) return false;
	let diff = 0;
	for (let i = 0; i < a.length; i++) diff |= a[i] ^ b[i];
	return diff === 0;
}
function wrapMacConstructor(keyLen, macCons, fromMsg) {
	const mac = macCons;
	const getArgs = fromMsg || (() => []);
	const macC = (msg, key) => mac(key, ...getArgs(msg)).update(msg).digest();
	const tmp = mac(new Uint8Array(keyLen), ...getArgs(/* @__PURE__ */ new Uint8Array(0)));
	macC.outputLen = tmp.outputLen;
	macC.blockLen = tmp.blockLen;
	macC.create = (key, ...args) => mac(key, ...args);
	return macC;
}
const wrapCipher = (params, constructor) => {
	function wrappedCipher(key, ...args) {
		abytes(key, void 0, "key");
		if (params.nonceLength !== void 0) {
			const nonce = args[0];
			abytes(nonce, params.varSizeNonce ? void 0 : params.nonceLength, "nonce");
		}
		const tagl = params.tagLength;
		const aadStart = params.nonceLength !== void 0 ? 1 : 0;
		if (!params.withAAD) {
			for (let i = aadStart; i < args.length; i++) if (isBytes(args[i])) throw new Error("AAD not supported");
		}
		if (params.withAAD && args[aadStart] !== void 0) abytes(args[aadStart], void 0, "AAD");
		const cipher = constructor(key, ...args);
		const checkOutput = (fnLength, output) => {
			if (output !== void 0) {
				if (fnLength !== 2) throw new Error("cipher output not supported");
				abytes(output, void 0, "output");
			}
		};
		let called = false;
		return {
			encrypt(data, output) {
				if (called) throw new Error("cannot encrypt() twice with same key + nonce");
				called = true;
				abytes(data, void 0, "data");
				checkOutput(cipher.encrypt.length, output);
				return cipher.encrypt(data, output);
			},
			decrypt(data, output) {
				abytes(data, void 0, "data");
				if (tagl && data.length < tagl) throw new Error("\"ciphertext\" expected length >= tagLength=" + tagl);
				checkOutput(cipher.decrypt.length, output);
				return cipher.decrypt(data, output);
			}
		};
	}
	Object.assign(wrappedCipher, params);
	return wrappedCipher;
};
function getOutput(expectedLength, out, onlyAligned = true) {
	if (out === void 0) return new Uint8Array(expectedLength);
	abytes(out, expectedLength, "output");
	if (onlyAligned && !isAligned32(out)) throw new Error("invalid output, must be aligned");
	return out;
}
function u64Lengths(dataLength, aadLength, isLE) {
	anumber(dataLength);
	anumber(aadLength);
	abool(isLE);
	const num = /* @__PURE__ */ new Uint8Array(16);
	const view = createView(num);
	view.setBigUint64(0, BigInt(aadLength), isLE);
	view.setBigUint64(8, BigInt(dataLength), isLE);
	return num;
}
function isAligned32(bytes) {
	return bytes.byteOffset % 4 === 0;
}
function copyBytes(bytes) {
	return Uint8Array.from(abytes(bytes));
}

const encodeStr = (str) => Uint8Array.from(str.split(""), (c) => c.charCodeAt(0));
const sigma16_32 = /* @__PURE__ */ (() => swap32IfBE(u32(encodeStr("expand 16-byte k"))))();
const sigma32_32 = /* @__PURE__ */ (() => swap32IfBE(u32(encodeStr("expand 32-byte k"))))();
function rotl(a, b) {
	return a << b | a >>> 32 - b;
}
const BLOCK_LEN = 64;
const BLOCK_LEN32 = 16;
const MAX_COUNTER = /* @__PURE__ */ (() => 2 ** 32 - 1)();
const U32_EMPTY = /* @__PURE__ */ Uint32Array.of();
function runCipher(core, sigma, key, nonce, data, output, counter, rounds) {
	const len = data.length;
	const block = new Uint8Array(BLOCK_LEN);
	const b32 = u32(block);
	const isAligned = isLE && isAligned32(data) && isAligned32(output);
	const d32 = isAligned ? u32(data) : U32_EMPTY;
	const o32 = isAligned ? u32(output) : U32_EMPTY;
	if (!isLE) {
		for (let pos = 0; pos < len; counter++) {
			core(sigma, key, nonce, b32, counter, rounds);
			swap32IfBE(b32);
			if (counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
			const take = Math.min(BLOCK_LEN, len - pos);
			for (let j = 0, posj; j < take; j++) {
				posj = pos + j;
				output[posj] = data[posj] ^ block[j];
			}
			pos += take;
		}
		return;
	}
	for (let pos = 0; pos < len; counter++) {
		core(sigma, key, nonce, b32, counter, rounds);
		if (counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
		const take = Math.min(BLOCK_LEN, len - pos);
		if (isAligned && take === BLOCK_LEN) {
			const pos32 = pos / 4;
			if (pos % 4 !== 0) throw new Error("arx: invalid block position");
			for (let j = 0, posj; j < BLOCK_LEN32; j++) {
				posj = pos32 + j;
				o32[posj] = d32[posj] ^ b32[j];
			}
			pos += BLOCK_LEN;
			continue;
		}
		for (let j = 0, posj; j < take; j++) {
			posj = pos + j;
			output[posj] = data[posj] ^ block[j];
		}
		pos += take;
	}
}
function createCipher(core, opts) {
	const { allowShortKeys, extendNonceFn, counterLength, counterRight, rounds } = checkOpts({
		allowShortKeys: false,
		counterLength: 8,
		counterRight: false,
		rounds: 20
	}, opts);
	if (typeof core !== "function") throw new Error("core must be a function");
	anumber(counterLength);
	anumber(rounds);
	abool(counterRight);
	abool(allowShortKeys);
	return (key, nonce, data, output, counter = 0) => {
		abytes(key, void 0, "key");
		abytes(nonce, void 0, "nonce");
		abytes(data, void 0, "data");
		const len = data.length;
		const hasOutput = output !== void 0;
		output = getOutput(len, output, false);
		if (hasOutput) complexOverlapBytes(data, output);
		anumber(counter);
		if (counter < 0 || counter >= MAX_COUNTER) throw new Error("arx: counter overflow");
		const toClean = [];
		let l = key.length;
		let k;
		let sigma;
		if (l === 32) {
			toClean.push(k = copyBytes(key));
			sigma = sigma32_32;
		} else if (l === 16 && allowShortKeys) {
			k = /* @__PURE__ */ new Uint8Array(32);
			k.set(key);
			k.set(key, 16);
			sigma = sigma16_32;
			toClean.push(k);
		} else {
			abytes(key, 32, "arx key");
			throw new Error("invalid key size");
		}
		if (!isLE || !isAligned32(nonce)) toClean.push(nonce = copyBytes(nonce));
		let k32 = u32(k);
		if (extendNonceFn) {
			if (nonce.length !== 24) throw new Error("arx: extended nonce must be 24 bytes");
			const n16 = nonce.subarray(0, 16);
			if (isLE) extendNonceFn(sigma, k32, u32(n16), k32);
			else {
				const sigmaRaw = swap32IfBE(Uint32Array.from(sigma));
				extendNonceFn(sigmaRaw, k32, u32(n16), k32);
				clean(sigmaRaw);
				swap32IfBE(k32);
			}
			nonce = nonce.subarray(16);
		} else if (!isLE) swap32IfBE(k32);
		const nonceNcLen = 16 - counterLength;
		if (nonceNcLen !== nonce.length) throw new Error(`arx: nonce must be ${nonceNcLen} or 16 bytes`);
		if (nonceNcLen !== 12) {
			const nc = /* @__PURE__ */ new Uint8Array(12);
			nc.set(nonce, counterRight ? 0 : 12 - nonce.length);
			nonce = nc;
			toClean.push(nonce);
		}
		const n32 = swap32IfBE(u32(nonce));
		try {
			runCipher(core, sigma, k32, n32, data, output, counter, rounds);
			return output;
		} finally {
			clean(...toClean);
		}
	};
}

function u8to16(a, i) {
	return a[i++] & 255 | (a[i++] & 255) << 8;
}
var Poly1305 = class {
	blockLen = 16;
	outputLen = 16;
	buffer = /* @__PURE__ */ new Uint8Array(16);
	r = /* @__PURE__ */ new Uint16Array(10);
	h = /* @__PURE__ */ new Uint16Array(10);
	pad = /* @__PURE__ */ new Uint16Array(8);
	pos = 0;
	finished = false;
	destroyed = false;
	constructor(key) {
		key = copyBytes(abytes(key, 32, "key"));
		const t0 = u8to16(key, 0);
		const t1 = u8to16(key, 2);
		const t2 = u8to16(key, 4);
		const t3 = u8to16(key, 6);
		const t4 = u8to16(key, 8);
		const t5 = u8to16(key, 10);
		const t6 = u8to16(key, 12);
		const t7 = u8to16(key, 14);
		this.r[0] = t0 & 8191;
		this.r[1] = (t0 >>> 13 | t1 << 3) & 8191;
		this.r[2] = (t1 >>> 10 | t2 << 6) & 7939;
		this.r[3] = (t2 >>> 7 | t3 << 9) & 8191;
		this.r[4] = (t3 >>> 4 | t4 << 12) & 255;
		this.r[5] = t4 >>> 1 & 8190;
		this.r[6] = (t4 >>> 14 | t5 << 2) & 8191;
		this.r[7] = (t5 >>> 11 | t6 << 5) & 8065;
		this.r[8] = (t6 >>> 8 | t7 << 8) & 8191;
		this.r[9] = t7 >>> 5 & 127;
		for (let i = 0; i < 8; i++) this.pad[i] = u8to16(key, 16 + 2 * i);
	}
	process(data, offset, isLast = false) {
		const hibit = isLast ? 0 : 2048;
		const { h, r } = this;
		const r0 = r[0];
		const r1 = r[1];
		const r2 = r[2];
		const r3 = r[3];
		const r4 = r[4];
		const r5 = r[5];
		const r6 = r[6];
		const r7 = r[7];
		const r8 = r[8];
		const r9 = r[9];
		const t0 = u8to16(data, offset + 0);
		const t1 = u8to16(data, offset + 2);
		const t2 = u8to16(data, offset + 4);
		const t3 = u8to16(data, offset + 6);
		const t4 = u8to16(data, offset + 8);
		const t5 = u8to16(data, offset + 10);
		const t6 = u8to16(data, offset + 12);
		const t7 = u8to16(data, offset + 14);
		let h0 = h[0] + (t0 & 8191);
		let h1 = h[1] + ((t0 >>> 13 | t1 << 3) & 8191);
		let h2 = h[2] + ((t1 >>> 10 | t2 << 6) & 8191);
		let h3 = h[3] + ((t2 >>> 7 | t3 << 9) & 8191);
		let h4 = h[4] + ((t3 >>> 4 | t4 << 12) & 8191);
		let h5 = h[5] + (t4 >>> 1 & 8191);
		let h6 = h[6] + ((t4 >>> 14 | t5 << 2) & 8191);
		let h7 = h[7] + ((t5 >>> 11 | t6 << 5) & 8191);
		let h8 = h[8] + ((t6 >>> 8 | t7 << 8) & 8191);
		let h9 = h[9] + (t7 >>> 5 | hibit);
		let c = 0;
		let d0 = c + h0 * r0 + h1 * (5 * r9) + h2 * (5 * r8) + h3 * (5 * r7) + h4 * (5 * r6);
		c = d0 >>> 13;
		d0 &= 8191;
		d0 += h5 * (5 * r5) + h6 * (5 * r4) + h7 * (5 * r3) + h8 * (5 * r2) + h9 * (5 * r1);
		c += d0 >>> 13;
		d0 &= 8191;
		let d1 = c + h0 * r1 + h1 * r0 + h2 * (5 * r9) + h3 * (5 * r8) + h4 * (5 * r7);
		c = d1 >>> 13;
		d1 &= 8191;
		d1 += h5 * (5 * r6) + h6 * (5 * r5) + h7 * (5 * r4) + h8 * (5 * r3) + h9 * (5 * r2);
		c += d1 >>> 13;
		d1 &= 8191;
		let d2 = c + h0 * r2 + h1 * r1 + h2 * r0 + h3 * (5 * r9) + h4 * (5 * r8);
		c = d2 >>> 13;
		d2 &= 8191;
		d2 += h5 * (5 * r7) + h6 * (5 * r6) + h7 * (5 * r5) + h8 * (5 * r4) + h9 * (5 * r3);
		c += d2 >>> 13;
		d2 &= 8191;
		let d3 = c + h0 * r3 + h1 * r2 + h2 * r1 + h3 * r0 + h4 * (5 * r9);
		c = d3 >>> 13;
		d3 &= 8191;
		d3 += h5 * (5 * r8) + h6 * (5 * r7) + h7 * (5 * r6) + h8 * (5 * r5) + h9 * (5 * r4);
		c += d3 >>> 13;
		d3 &= 8191;
		let d4 = c + h0 * r4 + h1 * r3 + h2 * r2 + h3 * r1 + h4 * r0;
		c = d4 >>> 13;
		d4 &= 8191;
		d4 += h5 * (5 * r9) + h6 * (5 * r8) + h7 * (5 * r7) + h8 * (5 * r6) + h9 * (5 * r5);
		c += d4 >>> 13;
		d4 &= 8191;
		let d5 = c + h0 * r5 + h1 * r4 + h2 * r3 + h3 * r2 + h4 * r1;
		c = d5 >>> 13;
		d5 &= 8191;
		d5 += h5 * r0 + h6 * (5 * r9) + h7 * (5 * r8) + h8 * (5 * r7) + h9 * (5 * r6);
		c += d5 >>> 13;
		d5 &= 8191;
		let d6 = c + h0 * r6 + h1 * r5 + h2 * r4 + h3 * r3 + h4 * r2;
		c = d6 >>> 13;
		d6 &= 8191;
		d6 += h5 * r1 + h6 * r0 + h7 * (5 * r9) + h8 * (5 * r8) + h9 * (5 * r7);
		c += d6 >>> 13;
		d6 &= 8191;
		let d7 = c + h0 * r7 + h1 * r6 + h2 * r5 + h3 * r4 + h4 * r3;
		c = d7 >>> 13;
		d7 &= 8191;
		d7 += h5 * r2 + h6 * r1 + h7 * r0 + h8 * (5 * r9) + h9 * (5 * r8);
		c += d7 >>> 13;
		d7 &= 8191;
		let d8 = c + h0 * r8 + h1 * r7 + h2 * r6 + h3 * r5 + h4 * r4;
		c = d8 >>> 13;
		d8 &= 8191;
		d8 += h5 * r3 + h6 * r2 + h7 * r1 + h8 * r0 + h9 * (5 * r9);
		c += d8 >>> 13;
		d8 &= 8191;
		let d9 = c + h0 * r9 + h1 * r8 + h2 * r7 + h3 * r6 + h4 * r5;
		c = d9 >>> 13;
		d9 &= 8191;
		d9 += h5 * r4 + h6 * r3 + h7 * r2 + h8 * r1 + h9 * r0;
		c += d9 >>> 13;
		d9 &= 8191;
		c = (c << 2) + c | 0;
		c = c + d0 | 0;
		d0 = c & 8191;
		c = c >>> 13;
		d1 += c;
		h[0] = d0;
		h[1] = d1;
		h[2] = d2;
		h[3] = d3;
		h[4] = d4;
		h[5] = d5;
		h[6] = d6;
		h[7] = d7;
		h[8] = d8;
		h[9] = d9;
	}
	finalize() {
		const { h, pad } = this;
		const g = /* @__PURE__ */ new Uint16Array(10);
		let c = h[1] >>> 13;
		h[1] &= 8191;
		for (let i = 2; i < 10; i++) {
			h[i] += c;
			c = h[i] >>> 13;
			h[i] &= 8191;
		}
		h[0] += c * 5;
		c = h[0] >>> 13;
		h[0] &= 8191;
		h[1] += c;
		c = h[1] >>> 13;
		h[1] &= 8191;
		h[2] += c;
		g[0] = h[0] + 5;
		c = g[0] >>> 13;
		g[0] &= 8191;
		for (let i = 1; i < 10; i++) {
			g[i] = h[i] + c;
			c = g[i] >>> 13;
			g[i] &= 8191;
		}
		g[9] -= 8192;
		let mask = (c ^ 1) - 1;
		for (let i = 0; i < 10; i++) g[i] &= mask;
		mask = ~mask;
		for (let i = 0; i < 10; i++) h[i] = h[i] & mask | g[i];
		h[0] = (h[0] | h[1] << 13) & 65535;
		h[1] = (h[1] >>> 3 | h[2] << 10) & 65535;
		h[2] = (h[2] >>> 6 | h[3] << 7) & 65535;
		h[3] = (h[3] >>> 9 | h[4] << 4) & 65535;
		h[4] = (h[4] >>> 12 | h[5] << 1 | h[6] << 14) & 65535;
		h[5] = (h[6] >>> 2 | h[7] << 11) & 65535;
		h[6] = (h[7] >>> 5 | h[8] << 8) & 65535;
		h[7] = (h[8] >>> 8 | h[9] << 5) & 65535;
		let f = h[0] + pad[0];
		h[0] = f & 65535;
		for (let i = 1; i < 8; i++) {
			f = (h[i] + pad[i] | 0) + (f >>> 16) | 0;
			h[i] = f & 65535;
		}
		clean(g);
	}
	update(data) {
		aexists(this);
		abytes(data);
		data = copyBytes(data);
		const { buffer, blockLen } = this;
		const len = data.length;
		for (let pos = 0; pos < len;) {
			const take = Math.min(blockLen - this.pos, len - pos);
			if (take === blockLen) {
				for (; blockLen <= len - pos; pos += blockLen) this.process(data, pos);
				continue;
			}
			buffer.set(data.subarray(pos, pos + take), this.pos);
			this.pos += take;
			pos += take;
			if (this.pos === blockLen) {
				this.process(buffer, 0, false);
				this.pos = 0;
			}
		}
		return this;
	}
	destroy() {
		this.destroyed = true;
		clean(this.h, this.r, this.buffer, this.pad);
	}
	digestInto(out) {
		aexists(this);
		aoutput(out, this);
		this.finished = true;
		const { buffer, h } = this;
		let { pos } = this;
		if (pos) {
			buffer[pos++] = 1;
			for (; pos < 16; pos++) buffer[pos] = 0;
			this.process(buffer, 0, true);
		}
		this.finalize();
		let opos = 0;
		for (let i = 0; i < 8; i++) {
			out[opos++] = h[i] >>> 0;
			out[opos++] = h[i] >>> 8;
		}
	}
	digest() {
		const { buffer, outputLen } = this;
		this.digestInto(buffer);
		const res = buffer.slice(0, outputLen);
		this.destroy();
		return res;
	}
};
const poly1305 = /* @__PURE__ */ wrapMacConstructor(32, (key) => new Poly1305(key));

function chachaCore(s, k, n, out, cnt, rounds = 20) {
	let y00 = s[0], y01 = s[1], y02 = s[2], y03 = s[3], y04 = k[0], y05 = k[1], y06 = k[2], y07 = k[3], y08 = k[4], y09 = k[5], y10 = k[6], y11 = k[7], y12 = cnt, y13 = n[0], y14 = n[1], y15 = n[2];
	let x00 = y00, x01 = y01, x02 = y02, x03 = y03, x04 = y04, x05 = y05, x06 = y06, x07 = y07, x08 = y08, x09 = y09, x10 = y10, x11 = y11, x12 = y12, x13 = y13, x14 = y14, x15 = y15;
	for (let r = 0; r < rounds; r += 2) {
		x00 = x00 + x04 | 0;
		x12 = rotl(x12 ^ x00, 16);
		x08 = x08 + x12 | 0;
		x04 = rotl(x04 ^ x08, 12);
		x00 = x00 + x04 | 0;
		x12 = rotl(x12 ^ x00, 8);
		x08 = x08 + x12 | 0;
		x04 = rotl(x04 ^ x08, 7);
		x01 = x01 + x05 | 0;
		x13 = rotl(x13 ^ x01, 16);
		x09 = x09 + x13 | 0;
		x05 = rotl(x05 ^ x09, 12);
		x01 = x01 + x05 | 0;
		x13 = rotl(x13 ^ x01, 8);
		x09 = x09 + x13 | 0;
		x05 = rotl(x05 ^ x09, 7);
		x02 = x02 + x06 | 0;
		x14 = rotl(x14 ^ x02, 16);
		x10 = x10 + x14 | 0;
		x06 = rotl(x06 ^ x10, 12);
		x02 = x02 + x06 | 0;
		x14 = rotl(x14 ^ x02, 8);
		x10 = x10 + x14 | 0;
		x06 = rotl(x06 ^ x10, 7);
		x03 = x03 + x07 | 0;
		x15 = rotl(x15 ^ x03, 16);
		x11 = x11 + x15 | 0;
		x07 = rotl(x07 ^ x11, 12);
		x03 = x03 + x07 | 0;
		x15 = rotl(x15 ^ x03, 8);
		x11 = x11 + x15 | 0;
		x07 = rotl(x07 ^ x11, 7);
		x00 = x00 + x05 | 0;
		x15 = rotl(x15 ^ x00, 16);
		x10 = x10 + x15 | 0;
		x05 = rotl(x05 ^ x10, 12);
		x00 = x00 + x05 | 0;
		x15 = rotl(x15 ^ x00, 8);
		x10 = x10 + x15 | 0;
		x05 = rotl(x05 ^ x10, 7);
		x01 = x01 + x06 | 0;
		x12 = rotl(x12 ^ x01, 16);
		x11 = x11 + x12 | 0;
		x06 = rotl(x06 ^ x11, 12);
		x01 = x01 + x06 | 0;
		x12 = rotl(x12 ^ x01, 8);
		x11 = x11 + x12 | 0;
		x06 = rotl(x06 ^ x11, 7);
		x02 = x02 + x07 | 0;
		x13 = rotl(x13 ^ x02, 16);
		x08 = x08 + x13 | 0;
		x07 = rotl(x07 ^ x08, 12);
		x02 = x02 + x07 | 0;
		x13 = rotl(x13 ^ x02, 8);
		x08 = x08 + x13 | 0;
		x07 = rotl(x07 ^ x08, 7);
		x03 = x03 + x04 | 0;
		x14 = rotl(x14 ^ x03, 16);
		x09 = x09 + x14 | 0;
		x04 = rotl(x04 ^ x09, 12);
		x03 = x03 + x04 | 0;
		x14 = rotl(x14 ^ x03, 8);
		x09 = x09 + x14 | 0;
		x04 = rotl(x04 ^ x09, 7);
	}
	let oi = 0;
	out[oi++] = y00 + x00 | 0;
	out[oi++] = y01 + x01 | 0;
	out[oi++] = y02 + x02 | 0;
	out[oi++] = y03 + x03 | 0;
	out[oi++] = y04 + x04 | 0;
	out[oi++] = y05 + x05 | 0;
	out[oi++] = y06 + x06 | 0;
	out[oi++] = y07 + x07 | 0;
	out[oi++] = y08 + x08 | 0;
	out[oi++] = y09 + x09 | 0;
	out[oi++] = y10 + x10 | 0;
	out[oi++] = y11 + x11 | 0;
	out[oi++] = y12 + x12 | 0;
	out[oi++] = y13 + x13 | 0;
	out[oi++] = y14 + x14 | 0;
	out[oi++] = y15 + x15 | 0;
}
const chacha20 = /* @__PURE__ */ createCipher(chachaCore, {
	counterRight: false,
	counterLength: 4,
	allowShortKeys: false
});
const ZEROS16 = /* @__PURE__ */ new Uint8Array(16);
const updatePadded = (h, msg) => {
	h.update(msg);
	const leftover = msg.length % 16;
	if (leftover) h.update(ZEROS16.subarray(leftover));
};
const ZEROS32 = /* @__PURE__ */ new Uint8Array(32);
function computeTag(fn, key, nonce, ciphertext, AAD) {
	if (AAD !== void 0) abytes(AAD, void 0, "AAD");
	const authKey = fn(key, nonce, ZEROS32);
	const lengths = u64Lengths(ciphertext.length, AAD ? AAD.length : 0, true);
	const h = poly1305.create(authKey);
	if (AAD) updatePadded(h, AAD);
	updatePadded(h, ciphertext);
	h.update(lengths);
	const res = h.digest();
	clean(authKey, lengths);
	return res;
}
const _poly1305_aead = (xorStream) => (key, nonce, AAD) => {
	const tagLength = 16;
	return {
		encrypt(plaintext, output) {
			const plength = plaintext.length;
			output = getOutput(plength + tagLength, output, false);
			output.set(plaintext);
			const oPlain = output.subarray(0, -16);
			xorStream(key, nonce, oPlain, oPlain, 1);
			const tag = computeTag(xorStream, key, nonce, oPlain, AAD);
			output.set(tag, plength);
			clean(tag);
			return output;
		},
		decrypt(ciphertext, output) {
			output = getOutput(ciphertext.length - tagLength, output, false);
			const data = ciphertext.subarray(0, -16);
			const passedTag = ciphertext.subarray(-16);
			const tag = computeTag(xorStream, key, nonce, data, AAD);
			if (!equalBytes(passedTag, tag)) {
				clean(tag);
				throw new Error("invalid tag");
			}
			output.set(ciphertext.subarray(0, -16));
			xorStream(key, nonce, output, output, 1);
			clean(tag);
			return output;
		}
	};
};
const chacha20poly1305 = /* @__PURE__ */ wrapCipher({
	blockSize: 64,
	nonceLength: 12,
	tagLength: 16,
	withAAD: true
}, /* @__PURE__ */ _poly1305_aead(chacha20));

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const _0n$2 = /* @__PURE__ */ BigInt(0);
const _1n$2 = /* @__PURE__ */ BigInt(1);
const _2n$2 = /* @__PURE__ */ BigInt(2);
const _4n = /* @__PURE__ */ BigInt(4);
const _8n$1 = /* @__PURE__ */ BigInt(8);
function isEdValidXY(Fp, CURVE, x, y) {
	const x2 = Fp.sqr(x);
	const y2 = Fp.sqr(y);
	const left = Fp.add(Fp.mul(CURVE.a, x2), y2);
	const right = Fp.add(Fp.ONE, Fp.mul(CURVE.d, Fp.mul(x2, y2)));
	return Fp.eql(left, right);
}
function edwards$1(params, extraOpts = {}) {
	validateObject(extraOpts, {}, {}, "extraOpts");
	const opts = extraOpts;
	const validated = createCurveFields("edwards", params, opts, opts.FpFnLE);
	const { Fp, Fn } = validated;
	let CURVE = validated.CURVE;
	const { h: cofactor } = CURVE;
	if (FpLegendre(Fp, CURVE.a) !== 1) throw new Error("edwards: CURVE.a must be a square in Fp for complete addition formulas");
	if (FpLegendre(Fp, CURVE.d) !== -1) throw new Error("edwards: CURVE.d must be a non-square in Fp for complete addition formulas");
	validateObject(opts, {}, {
		uvRatio: "function",
		randomBytes: "function"
	});
	const randomBytes$2 = opts.randomBytes === void 0 ? randomBytes : opts.randomBytes;
	const MASK = _2n$2 << BigInt(Fp.BYTES * 8) - _1n$2;
	function isOdd(n) {
		if (!Fp.isOdd) throw new Error("Field does not have .isOdd()");
		return Fp.isOdd(n);
	}
	const uvRatio = opts.uvRatio === void 0 ? (u, v) => {
		try {
			return {
				isValid: true,
				value: Fp.sqrt(Fp.div(u, v))
			};
		} catch (e) {
			return {
				isValid: false,
				value: _0n$2
			};
		}
	} : opts.uvRatio;
	if (!isEdValidXY(Fp, CURVE, CURVE.Gx, CURVE.Gy)) throw new Error("bad curve params: generator point");
	const mulA = Fp.eql(CURVE.a, Fp.neg(Fp.ONE)) ? (x) => Fp.neg(x) : Fp.eql(CURVE.a, Fp.ONE) ? (x) => x : (x) => Fp.mul(CURVE.a, x);
	function acoord(title, n, banZero = false) {
		const min = banZero ? _1n$2 : _0n$2;
		aInRange("coordinate " + title, n, min, MASK);
		return n;
	}
	function aedpoint(other) {
		if (!(other instanceof Point)) throw new Error("EdwardsPoint expected");
	}
	class Point {
		static BASE = new Point(CURVE.Gx, CURVE.Gy, Fp.ONE, Fp.mul(CURVE.Gx, CURVE.Gy));
		static ZERO = new Point(Fp.ZERO, Fp.ONE, Fp.ONE, Fp.ZERO);
		static Fp = Fp;
		static Fn = Fn;
		X;
		Y;
		Z;
		T;
		constructor(X, Y, Z, T) {
			this.X = acoord("x", X);
			this.Y = acoord("y", Y);
			this.Z = acoord("z", Z, true);
			this.T = acoord("t", T);
			Object.freeze(this);
		}
		static CURVE() {
			return CURVE;
		}
		static fromAffine(p) {
			if (p instanceof Point) throw new Error("extended point not allowed");
			const { x, y } = p || {};
			acoord("x", x);
			acoord("y", y);
			return new Point(x, y, Fp.ONE, Fp.mul(x, y));
		}
		static fromBytes(bytes, zip215 = false) {
			const len = Fp.BYTES;
			const { a, d } = CURVE;
			bytes = copyBytes$1(abytes$1(bytes, len, "point"));
			abool$1(zip215, "zip215");
			const normed = copyBytes$1(bytes);
			const lastByte = bytes[len - 1];
			normed[len - 1] = lastByte & -129;
			const y = bytesToNumberLE(normed);
			const max = zip215 ? MASK : Fp.ORDER;
			aInRange("point.y", y, _0n$2, max);
			const y2 = Fp.sqr(y);
			const u = Fp.sub(y2, Fp.ONE);
			const v = Fp.sub(Fp.mulN(d, y2), a);
			let { isValid, value: x } = uvRatio(u, v);
			if (!isValid) throw new Error("bad point: invalid y coordinate");
			const isXOdd = isOdd(x);
			const isLastByteOdd = (lastByte & 128) !== 0;
			if (!zip215 && Fp.is0(x) && isLastByteOdd) throw new Error("bad point: x=0 and x_0=1");
			if (isLastByteOdd !== isXOdd) x = Fp.neg(x);
			return Point.fromAffine({
				x,
				y
			});
		}
		static fromHex(hex, zip215 = false) {
			return Point.fromBytes(hexToBytes(hex), zip215);
		}
		get x() {
			return this.toAffine().x;
		}
		get y() {
			return this.toAffine().y;
		}
		precompute(windowSize = 6, isLazy = true) {
			wnaf.setWindowSize(this, windowSize);
			if (!isLazy) this.multiply(_2n$2);
			return this;
		}
		assertValidity() {
			const p = this;
			const { a, d } = CURVE;
			if (p.is0()) throw new Error("bad point: ZERO");
			const { X, Y, Z, T } = p;
			const X2 = Fp.sqr(X);
			const Y2 = Fp.sqr(Y);
			const Z2 = Fp.sqr(Z);
			const Z4 = Fp.sqr(Z2);
			const aX2 = Fp.mul(X2, a);
			const left = Fp.mul(Fp.add(aX2, Y2), Z2);
			const right = Fp.add(Z4, Fp.mul(d, Fp.mul(X2, Y2)));
			if (!Fp.eql(left, right)) throw new Error("bad point: equation left != right (1)");
			const XY = Fp.mul(X, Y);
			const ZT = Fp.mul(Z, T);
			if (!Fp.eql(XY, ZT)) throw new Error("bad point: equation left != right (2)");
		}
		equals(other) {
			aedpoint(other);
			const { X: X1, Y: Y1, Z: Z1 } = this;
			const { X: X2, Y: Y2, Z: Z2 } = other;
			const X1Z2 = Fp.mul(X1, Z2);
			const X2Z1 = Fp.mul(X2, Z1);
			const Y1Z2 = Fp.mul(Y1, Z2);
			const Y2Z1 = Fp.mul(Y2, Z1);
			return Fp.eql(X1Z2, X2Z1) && Fp.eql(Y1Z2, Y2Z1);
		}
		is0() {
			return this.equals(Point.ZERO);
		}
		negate() {
			return new Point(Fp.neg(this.X), this.Y, this.Z, Fp.neg(this.T));
		}
		double() {
			const { X: X1, Y: Y1, Z: Z1 } = this;
			const A = Fp.sqr(X1);
			const B = Fp.sqr(Y1);
			const C = Fp.mul(Fp.sqr(Z1), _2n$2);
			const D = mulA(A);
			const x1y1 = Fp.addN(X1, Y1);
			const E = Fp.sub(Fp.subN(Fp.sqr(x1y1), A), B);
			const G = Fp.addN(D, B);
			const F = Fp.subN(G, C);
			const H = Fp.subN(D, B);
			const X3 = Fp.mul(E, F);
			const Y3 = Fp.mul(G, H);
			const T3 = Fp.mul(E, H);
			const Z3 = Fp.mul(F, G);
			return new Point(X3, Y3, Z3, T3);
		}
		add(other) {
			aedpoint(other);
			const { d } = CURVE;
			const { X: X1, Y: Y1, Z: Z1, T: T1 } = this;
			const { X: X2, Y: Y2, Z: Z2, T: T2 } = other;
			const A = Fp.mul(X1, X2);
			const B = Fp.mul(Y1, Y2);
			const C = Fp.mul(Fp.mulN(T1, d), T2);
			const D = Fp.mul(Z1, Z2);
			const E = Fp.sub(Fp.subN(Fp.mulN(Fp.addN(X1, Y1), Fp.addN(X2, Y2)), A), B);
			const F = Fp.subN(D, C);
			const G = Fp.addN(D, C);
			const H = Fp.sub(B, mulA(A));
			const X3 = Fp.mul(E, F);
			const Y3 = Fp.mul(G, H);
			const T3 = Fp.mul(E, H);
			const Z3 = Fp.mul(F, G);
			return new Point(X3, Y3, Z3, T3);
		}
		subtract(other) {
			aedpoint(other);
			return this.add(other.negate());
		}
		multiply(scalar) {
			if (!Fn.isValidNot0(scalar)) throw new RangeError("invalid scalar: expected 1 <= sc < curve.n");
			const { p, f } = wnaf.mulSecret(this, scalar, cofactor, normalize);
			return normalize([p, f])[0];
		}
		multiplyUnsafe(scalar) {
			if (!Fn.isValid(scalar)) throw new RangeError("invalid scalar: expected 0 <= sc < curve.n");
			if (scalar === _0n$2) return Point.ZERO;
			if (this.is0() || scalar === _1n$2) return this;
			return wnaf.mulUnsafe(this, scalar, normalize);
		}
		isSmallOrder() {
			return this.clearCofactor().is0();
		}
		isTorsionFree() {
			return wnaf.mulUnsafe(this, CURVE.n).is0();
		}
		toAffine(invertedZ) {
			const p = this;
			let iz = invertedZ;
			if (iz != null && typeof iz !== "bigint") throw new TypeError("\"invertedZ\" expected bigint, got type=" + typeof iz);
			const { X, Y, Z } = p;
			const is0 = p.is0();
			if (iz == null) iz = is0 ? Fp.create(_8n$1) : Fp.inv(Z);
			const x = Fp.mul(X, iz);
			const y = Fp.mul(Y, iz);
			const zz = Fp.mul(Z, iz);
			if (is0) return {
				x: Fp.ZERO,
				y: Fp.ONE
			};
			if (!Fp.eql(zz, Fp.ONE)) throw new Error("invZ was invalid");
			return {
				x,
				y
			};
		}
		clearCofactor() {
			if (cofactor === _1n$2) return this;
			if (cofactor === _2n$2) return this.double();
			if (cofactor === _4n) return this.double().double();
			if (cofactor === _8n$1) return this.double().double().double();
			return this.multiplyUnsafe(cofactor);
		}
		toBytes() {
			const { x, y } = this.toAffine();
			const bytes = Fp.toBytes(y);
			bytes[bytes.length - 1] |= isOdd(x) ? 128 : 0;
			return bytes;
		}
		toHex() {
			return bytesToHex(this.toBytes());
		}
		toString() {
			return `<Point ${this.is0() ? "ZERO" : this.toHex()}>`;
		}
	}
	const normalize = (points) => normalizeZ(Point, points);
	const wnaf = new ScalarMultiplier(Point, randomBytes$2);
	if (wnaf.bits >= 6) Point.BASE.precompute(6);
	Object.freeze(Point.prototype);
	Object.freeze(Point);
	return Point;
}
function eddsa(Point, cHash, eddsaOpts = {}) {
	validatePointCons(Point);
	if (typeof cHash !== "function") throw new Error("\"hash\" function param is required");
	const hash = cHash;
	const opts = eddsaOpts;
	validateObject(opts, {}, {
		adjustScalarBytes: "function",
		randomBytes: "function",
		domain: "function",
		prehash: "function",
		zip215: "boolean",
		mapToCurve: "function",
		toMontgomery: "function",
		toMontgomerySecret: "function"
	});
	const { prehash } = opts;
	const { BASE, Fp, Fn } = Point;
	const outputLen = hash.outputLen;
	const expectedLen = 2 * Fp.BYTES;
	if (outputLen !== void 0) {
		asafenumber(outputLen, "hash.outputLen");
		if (outputLen !== expectedLen) throw new Error(`hash.outputLen must be ${expectedLen}, got ${outputLen}`);
	}
	const randomBytes$3 = opts.randomBytes === void 0 ? randomBytes : opts.randomBytes;
	const toMontgomery = opts.toMontgomery;
	const toMontgomerySecret = opts.toMontgomerySecret;
	const adjustScalarBytes = opts.adjustScalarBytes === void 0 ? (bytes) => bytes : opts.adjustScalarBytes;
	const domain = opts.domain === void 0 ? (data, ctx, phflag) => {
		abool$1(phflag, "phflag");
		if (ctx.length || phflag) throw new Error("Contexts/pre-hash are not supported");
		return data;
	} : opts.domain;
	function modN_LE(hash) {
		return Fn.create(bytesToNumberLE(hash));
	}
	function getPrivateScalar(key) {
		const len = lengths.secretKey;
		abytes$1(key, lengths.secretKey, "secretKey");
		const hashed = abytes$1(hash(key), 2 * len, "hashedSecretKey");
		const head = adjustScalarBytes(hashed.slice(0, len));
		return {
			head,
			prefix: hashed.slice(len, 2 * len),
			scalar: modN_LE(head)
		};
	}
	function getExtendedPublicKey(secretKey) {
		const { head, prefix, scalar } = getPrivateScalar(secretKey);
		const point = BASE.multiply(scalar);
		return {
			head,
			prefix,
			scalar,
			point,
			pointBytes: point.toBytes()
		};
	}
	function getPublicKey(secretKey) {
		return getExtendedPublicKey(secretKey).pointBytes;
	}
	function hashDomainToScalar(context = Uint8Array.of(), ...msgs) {
		const msg = concatBytes(...msgs);
		return modN_LE(hash(domain(msg, abytes$1(context, void 0, "context"), !!prehash)));
	}
	function sign(msg, secretKey, options = {}) {
		validateObject(options, {}, {}, "options");
		msg = copyBytes$1(abytes$1(msg, void 0, "message"));
		if (prehash) msg = prehash(msg);
		const { prefix, scalar, pointBytes } = getExtendedPublicKey(secretKey);
		const r = hashDomainToScalar(options.context, prefix, msg);
		const R = BASE.multiply(r).toBytes();
		const k = hashDomainToScalar(options.context, R, pointBytes, msg);
		const s = Fn.create(r + k * scalar);
		if (!Fn.isValid(s)) throw new Error("sign failed: invalid s");
		const rs = concatBytes(R, Fn.toBytes(s));
		return abytes$1(rs, lengths.signature, "result");
	}
	const verifyOpts = { zip215: opts.zip215 };
	function verify(sig, msg, publicKey, options = verifyOpts) {
		validateObject(options);
		const { context } = options;
		const zip215 = options.zip215 === void 0 ? !!verifyOpts.zip215 : options.zip215;
		const len = lengths.signature;
		sig = abytes$1(sig, len, "signature");
		msg = abytes$1(msg, void 0, "message");
		publicKey = abytes$1(publicKey, lengths.publicKey, "publicKey");
		if (zip215 !== void 0) abool$1(zip215, "zip215");
		if (prehash) msg = prehash(msg);
		const mid = len / 2;
		const r = sig.subarray(0, mid);
		const s = bytesToNumberLE(sig.subarray(mid, len));
		let A, R, SB;
		try {
			A = Point.fromBytes(publicKey, zip215);
			R = Point.fromBytes(r, zip215);
			SB = BASE.multiplyUnsafe(s);
		} catch (error) {
			return false;
		}
		if (!zip215 && A.isSmallOrder()) return false;
		const k = hashDomainToScalar(context, r, publicKey, msg);
		return R.add(A.multiplyUnsafe(k)).subtract(SB).clearCofactor().is0();
	}
	const _size = Fp.BYTES;
	const lengths = {
		secretKey: _size,
		publicKey: _size,
		signature: 2 * _size,
		seed: _size
	};
	function randomSecretKey(seed) {
		seed = seed === void 0 ? randomBytes$3(lengths.seed) : seed;
		return abytes$1(seed, lengths.seed, "seed");
	}
	function isValidSecretKey(key) {
		return isBytes$1(key) && key.length === lengths.secretKey;
	}
	function isValidPublicKey(key, zip215) {
		try {
			return !!Point.fromBytes(key, zip215 === void 0 ? verifyOpts.zip215 : zip215);
		} catch (error) {
			return false;
		}
	}
	const utils = {
		getExtendedPublicKey,
		randomSecretKey,
		isValidSecretKey,
		isValidPublicKey,
		toMontgomery(publicKey) {
			if (toMontgomery === void 0) throw new Error("Montgomery conversion is not supported for this curve");
			return toMontgomery(Point.fromBytes(publicKey));
		},
		toMontgomerySecret(secretKey) {
			if (toMontgomerySecret === void 0) throw new Error("Montgomery conversion is not supported for this curve");
			return toMontgomerySecret(secretKey);
		}
	};
	Object.freeze(lengths);
	Object.freeze(utils);
	return Object.freeze({
		keygen: createKeygen(randomSecretKey, getPublicKey),
		getPublicKey,
		sign,
		verify,
		utils,
		Point,
		lengths
	});
}

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const _0n$1 = /* @__PURE__ */ BigInt(0);
const _1n$1 = /* @__PURE__ */ BigInt(1);
const _2n$1 = /* @__PURE__ */ BigInt(2);
function cmask(P, swap) {
	return P + swap - (swap >> _1n$1 << _1n$1);
}
function cswap(P) {
	const offset = BigInt(6) * P;
	return (mask, x_2, x_3) => {
		const sum = x_2 + x_3;
		const a = ((offset + x_3 - x_2) * mask + x_2) % P;
		return {
			x_2: a,
			x_3: sum - a
		};
	};
}
function validateOpts(curve) {
	validateObject(curve, {
		P: "bigint",
		type: "string",
		adjustScalarBytes: "function",
		powPminus2: "function"
	}, {
		randomBytes: "function",
		scalarMultBase: "function"
	});
	return Object.freeze({ ...curve });
}
function montgomery(curveDef) {
	const CURVE = validateOpts(curveDef);
	const { P, type, adjustScalarBytes, powPminus2, randomBytes: rand } = CURVE;
	const mulBaseHook = CURVE.scalarMultBase;
	const is25519 = type === "x25519";
	if (!is25519 && type !== "x448") throw new Error("invalid type");
	const randomBytes_ = rand === void 0 ? randomBytes : rand;
	const montgomeryBits = is25519 ? 255 : 448;
	const swap = cswap(P);
	const fieldLen = is25519 ? 32 : 56;
	const Gu = is25519 ? BigInt(9) : BigInt(5);
	const a24 = is25519 ? BigInt(121665) : BigInt(39081);
	const minScalar = is25519 ? _2n$1 ** BigInt(254) : _2n$1 ** BigInt(447);
	const maxScalar = minScalar + (is25519 ? BigInt(8) * (_2n$1 ** BigInt(251) - _1n$1) : BigInt(4) * (_2n$1 ** BigInt(445) - _1n$1)) + _1n$1;
	const modP = (n) => mod$1(n, P);
	const GuBytes = encodeU(Gu);
	function encodeU(u) {
		return numberToBytesLE(modP(u), fieldLen);
	}
	function decodeU(u) {
		const _u = copyBytes$1(abytes$1(u, fieldLen, "uCoordinate"));
		if (is25519) _u[31] &= 127;
		return modP(bytesToNumberLE(_u));
	}
	function decodeScalar(scalar) {
		return bytesToNumberLE(adjustScalarBytes(copyBytes$1(abytes$1(scalar, fieldLen, "scalar"))));
	}
	const lowOrderU = new Set(is25519 ? [
		_0n$1,
		_1n$1,
		P - _1n$1,
		BigInt("325606250916557431795983626356110631294008115727848805560023387167927233504"),
		BigInt("39382357235489614581723060781553021112529911719440698176882885853963445705823")
	] : [
		_0n$1,
		_1n$1,
		P - _1n$1
	]);
	function scalarMult(scalar, u) {
		const pointU = decodeU(u);
		if (lowOrderU.has(pointU)) throw new Error("invalid private or public key received");
		const pu = montgomeryLadder(pointU, decodeScalar(scalar));
		if (pu === _0n$1) throw new Error("invalid private or public key received");
		return encodeU(pu);
	}
	function scalarMultBase(scalar) {
		if (mulBaseHook === void 0) return scalarMult(scalar, GuBytes);
		const k = decodeScalar(scalar);
		aInRange("scalar", k, minScalar, maxScalar);
		const pu = modP(mulBaseHook(k));
		if (pu === _0n$1) throw new Error("invalid private or public key received");
		return encodeU(pu);
	}
	const getPublicKey = scalarMultBase;
	const getSharedSecret = scalarMult;
	function montgomeryLadder(u, scalar) {
		aInRange("u", u, _0n$1, P);
		aInRange("scalar", scalar, minScalar, maxScalar);
		const k = scalar;
		const x_1 = u;
		let x_2 = _1n$1;
		let z_2 = _0n$1;
		let x_3 = u;
		let z_3 = _1n$1;
		const kx = k ^ k >> _1n$1;
		for (let t = BigInt(montgomeryBits - 1); t >= _0n$1; t--) {
			const mask = cmask(P, kx >> t);
			({x_2, x_3} = swap(mask, x_2, x_3));
			({x_2: z_2, x_3: z_3} = swap(mask, z_2, z_3));
			const A = x_2 + z_2;
			const AA = modP(A * A);
			const B = x_2 - z_2;
			const BB = modP(B * B);
			const E = AA - BB;
			const C = x_3 + z_3;
			const D = x_3 - z_3;
			const DA = modP(D * A);
			const CB = modP(C * B);
			const dacb = DA + CB;
			const da_cb = DA - CB;
			x_3 = modP(dacb * dacb);
			z_3 = modP(x_1 * modP(da_cb * da_cb));
			x_2 = modP(AA * BB);
			z_2 = modP(E * (AA + modP(a24 * E)));
		}
		const mask = cmask(P, k);
		({x_2, x_3} = swap(mask, x_2, x_3));
		({x_2: z_2, x_3: z_3} = swap(mask, z_2, z_3));
		const z2 = powPminus2(z_2);
		return modP(x_2 * z2);
	}
	const lengths = {
		secretKey: fieldLen,
		publicKey: fieldLen,
		seed: fieldLen
	};
	const randomSecretKey = (seed) => {
		seed = seed === void 0 ? randomBytes_(fieldLen) : seed;
		abytes$1(seed, lengths.seed, "seed");
		return seed;
	};
	const utils = { randomSecretKey };
	Object.freeze(lengths);
	Object.freeze(utils);
	return Object.freeze({
		keygen: createKeygen(randomSecretKey, getPublicKey),
		getSharedSecret,
		getPublicKey,
		scalarMult,
		scalarMultBase,
		utils,
		GuBytes: GuBytes.slice(),
		lengths
	});
}

/*! noble-curves - MIT License (c) 2022 Paul Miller (paulmillr.com) */
const _0n = /* @__PURE__ */ BigInt(0);
const _1n = /* @__PURE__ */ BigInt(1);
const _2n = /* @__PURE__ */ BigInt(2);
const _3n = /* @__PURE__ */ BigInt(3);
const _5n = /* @__PURE__ */ BigInt(5);
const _8n = /* @__PURE__ */ BigInt(8);
const ed25519_CURVE_p = /* @__PURE__ */ BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
const ed25519_CURVE = /* @__PURE__ */ (() => ({
	p: ed25519_CURVE_p,
	n: BigInt("0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed"),
	h: _8n,
	a: BigInt("0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec"),
	d: BigInt("0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"),
	Gx: BigInt("0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a"),
	Gy: BigInt("0x6666666666666666666666666666666666666666666666666666666666666658")
}))();
function ed25519_pow_2_252_3(x) {
	const _10n = BigInt(10), _20n = BigInt(20), _40n = BigInt(40), _80n = BigInt(80);
	const P = ed25519_CURVE_p;
	const b2 = x * x % P * x % P;
	const b4 = pow2(b2, _2n, P) * b2 % P;
	const b5 = pow2(b4, _1n, P) * x % P;
	const b10 = pow2(b5, _5n, P) * b5 % P;
	const b20 = pow2(b10, _10n, P) * b10 % P;
	const b40 = pow2(b20, _20n, P) * b20 % P;
	const b80 = pow2(b40, _40n, P) * b40 % P;
	const b160 = pow2(b80, _80n, P) * b80 % P;
	const b240 = pow2(b160, _80n, P) * b80 % P;
	const b250 = pow2(b240, _10n, P) * b10 % P;
	return {
		pow_p_5_8: pow2(b250, _2n, P) * x % P,
		b2
	};
}
function adjustScalarBytes(bytes) {
	bytes[0] &= 248;
	bytes[31] &= 127;
	bytes[31] |= 64;
	return bytes;
}
const ED25519_SQRT_M1 = /* @__PURE__ */ BigInt("19681161376707505956807079304988542015446066515923890162744021073123829784752");
function uvRatio(u, v) {
	const P = ed25519_CURVE_p;
	const v3 = mod$1(v * v * v, P);
	const pow = ed25519_pow_2_252_3(u * mod$1(v3 * v3 * v, P)).pow_p_5_8;
	let x = mod$1(u * v3 * pow, P);
	const vx2 = mod$1(v * x * x, P);
	const root1 = x;
	const root2 = mod$1(x * ED25519_SQRT_M1, P);
	const useRoot1 = vx2 === u;
	const useRoot2 = vx2 === mod$1(-u, P);
	const noRoot = vx2 === mod$1(-u * ED25519_SQRT_M1, P);
	if (useRoot1) x = root1;
	if (useRoot2 || noRoot) x = root2;
	if (isNegativeLE(x, P)) x = mod$1(-x, P);
	return {
		isValid: useRoot1 || useRoot2,
		value: x
	};
}
const ed25519_Point = /* @__PURE__ */ edwards$1(ed25519_CURVE, { uvRatio });
const Fp$1 = /* @__PURE__ */ (() => ed25519_Point.Fp)();
function toMontgomery(point) {
	const { y } = point;
	return Fp$1.toBytes(Fp$1.div(_1n + y, _1n - y));
}
function toMontgomerySecret(secretKey) {
	const size = ed25519_Point.Fp.BYTES;
	abytes$3(secretKey, size);
	return adjustScalarBytes(sha512(secretKey.subarray(0, size))).subarray(0, size);
}
function ed(opts) {
	return eddsa(ed25519_Point, sha512, Object.assign({
		adjustScalarBytes,
		toMontgomery,
		toMontgomerySecret,
		zip215: true
	}, opts));
}
const ed25519 = /* @__PURE__ */ ed({});
const x25519 = /* @__PURE__ */ (() => {
	const P = ed25519_CURVE_p;
	const powPminus2 = (x) => {
		const { pow_p_5_8, b2 } = ed25519_pow_2_252_3(x);
		return mod$1(pow2(pow_p_5_8, _3n, P) * b2, P);
	};
	return montgomery({
		P,
		type: "x25519",
		powPminus2,
		adjustScalarBytes,
		scalarMultBase: (k) => {
			const kn = mod$1(k, ed25519_Point.Fn.ORDER);
			if (kn === _0n) return _0n;
			const p = ed25519_Point.BASE.multiply(kn);
			return mod$1((p.Z + p.Y) * powPminus2(mod$1(p.Z - p.Y, P)), P);
		}
	});
})();

const HKDF_COUNTER = /* @__PURE__ */ Uint8Array.of(0);
const EMPTY_BUFFER = /* @__PURE__ */ Uint8Array.of();
function expand(hash, prk, info, length = 32, _recycled) {
	ahash(hash);
	anumber$3(length, "length");
	abytes$3(prk, void 0, "prk");
	const olen = hash.outputLen;
	if (prk.length < olen) throw new Error("\"prk\" must be at least HashLen octets");
	if (length > 255 * olen) throw new Error("Length must be <= 255*HashLen");
	const blocks = Math.ceil(length / olen);
	if (info === void 0) info = EMPTY_BUFFER;
	else abytes$3(info, void 0, "info");
	if (!blocks) {
		if (_recycled) clean$1(prk);
		return /* @__PURE__ */ new Uint8Array();
	}
	const okm = _recycled && blocks === 1 ? prk : new Uint8Array(blocks * olen);
	const { iHash, oHash } = hmac.create(hash, prk);
	const T = _recycled ? prk : new Uint8Array(olen);
	const worker = blocks > 1 ? _recycled?.iHash || hash.create() : void 0;
	for (let counter = 0; counter < blocks - 1; counter++) {
		HKDF_COUNTER[0] = counter + 1;
		const iWork = iHash._cloneInto(worker);
		if (counter) iWork.update(T);
		iWork.update(info).update(HKDF_COUNTER).digestInto(T);
		oHash._cloneInto(worker).update(T).digestInto(T);
		okm.set(T, olen * counter);
	}
	HKDF_COUNTER[0] = blocks;
	if (blocks > 1) iHash.update(T);
	iHash.update(info).update(HKDF_COUNTER).digestInto(T);
	oHash.update(T).digestInto(T);
	okm.set(T, olen * (blocks - 1));
	iHash.destroy();
	oHash.destroy();
	worker?.destroy();
	if (T !== okm) clean$1(T);
	clean$1(HKDF_COUNTER);
	if (length === okm.length) return okm;
	const res = okm.slice(0, length);
	clean$1(okm);
	return res;
}
const hkdf = (hash, ikm, salt, info, length) => {
	ahash(hash);
	if (salt === void 0) salt = new Uint8Array(hash.outputLen);
	const HMAC = hmac.create(hash, salt).update(ikm);
	return expand(hash, HMAC.digest(), info, length, HMAC);
};

const { Point } = ed25519;
const { Fn, Fp } = Point;
const POINT_SIZE = 32;
const NONCE_SIZE = 64;
function proveAgreementKey(privateKey, message) {
	const scalar = Fn.create(bytesToNumberLE(clamped(privateKey)));
	const own = Point.BASE.multiply(scalar);
	const [secret, point] = ((own.toBytes()[31] ?? 0) & 128) !== 0 ? [Fn.neg(scalar), own.negate()] : [scalar, own];
	const nonce = Fn.create(bytesToNumberLE(sha512(concatBytes$1(privateKey, randomBytes$1(NONCE_SIZE), message))));
	const commitment = Point.BASE.multiply(nonce).toBytes();
	return concatBytes$1(commitment, Fn.toBytes(Fn.add(nonce, Fn.mul(challenge(commitment, point, message), secret))));
}
function checkAgreementKey(publicKey, message, proof) {
	try {
		const point = edwards(publicKey);
		const commitment = proof.subarray(0, POINT_SIZE);
		const response = Fn.fromBytes(proof.subarray(POINT_SIZE));
		const hash = challenge(commitment, point, message);
		const expected = Point.BASE.multiplyUnsafe(response).subtract(point.multiplyUnsafe(hash));
		return point.isTorsionFree() && equalBytes$1(expected.toBytes(), commitment);
	} catch {
		return false;
	}
}
function edwards(publicKey) {
	const u = Fp.fromBytes(publicKey);
	return Point.fromBytes(Fp.toBytes(Fp.div(Fp.sub(u, Fp.ONE), Fp.add(u, Fp.ONE))));
}
const challenge = (commitment, point, message) => Fn.create(bytesToNumberLE(sha512(concatBytes$1(commitment, point.toBytes(), message))));
function clamped(privateKey) {
	const bytes = Uint8Array.from(privateKey);
	bytes[0] = (bytes[0] ?? 0) & 248;
	bytes[31] = (bytes[31] ?? 0) & 127 | 64;
	return bytes;
}

const command$1 = {
	newPrivateKey: () => p256.utils.randomSecretKey(),
	publicKey: (privateKey) => p256.getPublicKey(privateKey, true),
	publicPoint: (privateKey) => p256.getPublicKey(privateKey, false),
	sign: (privateKey, message) => p256.sign(message, privateKey, {
		prehash: true,
		lowS: true,
		format: "compact"
	}),
	verify: (publicKey, message, signature) => {
		try {
			return signature.length === 64 && publicKey.length === 33 && p256.verify(signature, message, publicKey, {
				prehash: true,
				lowS: true
			});
		} catch {
			return false;
		}
	}
};
const node = {
	newPrivateKey: () => ed25519.utils.randomSecretKey(),
	publicKey: (privateKey) => ed25519.getPublicKey(privateKey),
	sign: (privateKey, message) => ed25519.sign(message, privateKey),
	verify: (publicKey, message, signature) => {
		try {
			if (signature.length !== 64 || publicKey.length !== 32) return false;
			if (!isPrimeOrderPoint(publicKey) || !isPrimeOrderPoint(signature.subarray(0, 32))) return false;
			return ed25519.verify(signature, message, publicKey, { zip215: false });
		} catch {
			return false;
		}
	}
};
function isPrimeOrderPoint(bytes) {
	try {
		const point = ed25519.Point.fromBytes(bytes, false);
		return point.isTorsionFree() && !point.isSmallOrder();
	} catch {
		return false;
	}
}
const PORTABLE_PRIMITIVES = {
	hash: (bytes) => sha256(bytes),
	hashHex: (bytes) => toHex(sha256(bytes)),
	newHash: () => {
		const running = sha256.create();
		return {
			update: (bytes) => {
				running.update(bytes);
			},
			hex: () => toHex(running.digest())
		};
	},
	crc32,
	mac: (key, message) => hmac(sha256, key, message),
	derive: (secret, salt, info, length) => hkdf(sha256, secret, salt, info, length),
	aeadSeal: (key, nonce, plaintext) => chacha20poly1305(key, nonce).encrypt(plaintext),
	aeadSealApart: (key, nonce, plaintext) => {
		const sealed = chacha20poly1305(key, nonce).encrypt(plaintext);
		return [sealed.subarray(0, plaintext.length), sealed.subarray(plaintext.length)];
	},
	aeadOpen: (key, nonce, ciphertext) => chacha20poly1305(key, nonce).decrypt(ciphertext),
	agree: (privateKey, publicKey) => x25519.getSharedSecret(privateKey, publicKey),
	agreementPublicKey: (privateKey) => x25519.getPublicKey(privateKey),
	proveAgreementKey,
	checkAgreementKey,
	randomBytes: (length) => randomBytes$1(length),
	signatures: {
		command: command$1,
		node
	}
};

const PROFILE_IDS = ["gp-std-1"];
const profiles = { "gp-std-1": createProfile("gp-std-1", PORTABLE_PRIMITIVES) };
function findProfile(id) {
	const known = PROFILE_IDS.find((name) => name === id);
	return known === void 0 ? null : profiles[known];
}
function profileOf(id) {
	const profile = findProfile(id);
	if (profile === null) throw new Error(`unknown crypto profile ${JSON.stringify(id.slice(0, 40))}`);
	return profile;
}
function accelerate(id, primitives) {
	profiles[id] = createProfile(id, primitives);
}

const zPurpose = string().regex(/^[a-z]{1,40}([.:][a-z0-9-]{1,40}){0,2}$/);
const zPublishKey = strictObject({
	purpose: zPurpose,
	publicKey: zBytes.min(20).max(400),
	proof: zBytes.length(86)
});
const zRelease = strictObject({ purpose: zPurpose });
const zBeginDrill = strictObject({ challenge: zBytes.length(43) });
const zAnswerDrill = strictObject({ proof: zBytes.length(86) });
const zPrivateKey = zBytes.min(20).max(400);

var Unseen = class extends Error {
	constructor(secret) {
		super(`secrets.${secret}: not given to whoever asks`);
		this.secret = secret;
	}
};
function ifSeen(read) {
	try {
		return read();
	} catch (error) {
		if (error instanceof Unseen) return void 0;
		throw error;
	}
}
function guarded(values, unseen) {
	const [first] = unseen;
	if (first === void 0) return values;
	const look = (key) => {
		if (typeof key === "string" && unseen.has(key)) throw new Unseen(key);
	};
	return new Proxy(values, {
		get: (target, key, receiver) => (look(key), Reflect.get(target, key, receiver)),
		has: (target, key) => (look(key), Reflect.has(target, key)),
		getOwnPropertyDescriptor: (target, key) => (look(key), Reflect.getOwnPropertyDescriptor(target, key)),
		ownKeys: () => {
			throw new Unseen(first);
		}
	});
}
const tested = ({ opened, unseen }, name, fault) => unseen.has(name) ? null : fault(opened[name]);

function accept(events, given) {
	if (given === void 0) return {
		ok: true,
		events
	};
	const derived = {};
	const unread = Object.entries(given).flatMap(([name, value]) => {
		const read = typeof value === "function" ? ifSeen(value) : value;
		if (read === void 0) return [name];
		derived[name] = read;
		return [];
	});
	return {
		ok: true,
		events,
		derived,
		...unread.length === 0 ? {} : { unread }
	};
}
const refuse = (code, message) => ({
	ok: false,
	code,
	message
});
const duty = (command, subject = "", notBefore = null, until = null) => ({
	command,
	subject,
	notBefore,
	until
});
const limit$1 = (name, at, parties = null) => at === null || at === void 0 ? [] : [{
	name,
	at,
	parties
}];
function firstIssue(error) {
	const issue = error.issues[0];
	if (issue === void 0) return "does not fit";
	return `${issue.path.length === 0 ? "(whole)" : issue.path.map(String).join(".")}: ${issue.message}`;
}
function command(spec) {
	const { schema, decide, ...rest } = spec;
	return {
		...rest,
		schema,
		decide: (state, asked, context, roof) => {
			const read = schema.safeParse(asked.payload);
			if (!read.success) return refuse("E_INPUT", firstIssue(read.error));
			return decide(state, {
				...asked,
				payload: read.data
			}, context, roof);
		}
	};
}
function event(spec) {
	const good = /* @__PURE__ */ new WeakMap();
	const read = (given) => {
		const known = good.get(given);
		if (known !== void 0) return known;
		const result = spec.schema.safeParse(given);
		if (!result.success) return result.error;
		good.set(given, result.data);
		return result.data;
	};
	return {
		fault: (given) => {
			const event = read(given);
			return event instanceof ZodError ? firstIssue(event) : null;
		},
		evolve: (state, given, entry) => {
			const event = read(given);
			return event instanceof ZodError ? null : spec.evolve(state, event, entry);
		}
	};
}

const MAIN_NODE = "node:main";

const COURSE = [
	"DRAFT",
	"PUBLISHED",
	"SUBMISSION_OPEN",
	"SUBMISSION_CLOSED",
	"OPENING",
	"OPENED",
	"QUALIFICATION_BY_PURCHASER",
	"COMMITTEE_READY",
	"EVALUATING",
	"REPORT_SIGNING",
	"EVALUATED",
	"REPORT_REVIEW",
	"CANDIDATE_PUBLICITY",
	"AWARDING",
	"AWARDED",
	"CONTRACTED",
	"ARCHIVED"
];
const LOT_STATUSES = [
	...COURSE,
	"SUSPENDED",
	"RE_EVALUATION",
	"LOT_FAILED",
	"TERMINATED"
];

const ONWARD = {
	DRAFT: ["PUBLISHED"],
	PUBLISHED: [
		"SUBMISSION_OPEN",
		"SUSPENDED",
		"TERMINATED"
	],
	SUBMISSION_OPEN: [
		"SUBMISSION_CLOSED",
		"SUSPENDED",
		"TERMINATED"
	],
	SUBMISSION_CLOSED: [
		"OPENING",
		"SUSPENDED",
		"LOT_FAILED"
	],
	OPENING: [
		"OPENED",
		"SUSPENDED",
		"LOT_FAILED"
	],
	OPENED: [
		"QUALIFICATION_BY_PURCHASER",
		"COMMITTEE_READY",
		"SUSPENDED",
		"LOT_FAILED"
	],
	QUALIFICATION_BY_PURCHASER: [
		"COMMITTEE_READY",
		"SUSPENDED",
		"LOT_FAILED"
	],
	COMMITTEE_READY: [
		"EVALUATING",
		"SUSPENDED",
		"LOT_FAILED"
	],
	EVALUATING: [
		"REPORT_SIGNING",
		"SUSPENDED",
		"RE_EVALUATION",
		"LOT_FAILED",
		"TERMINATED"
	],
	REPORT_SIGNING: [
		"EVALUATED",
		"SUSPENDED",
		"RE_EVALUATION",
		"LOT_FAILED",
		"TERMINATED"
	],
	EVALUATED: [
		"REPORT_REVIEW",
		"AWARDING",
		"SUSPENDED",
		"RE_EVALUATION",
		"LOT_FAILED",
		"TERMINATED"
	],
	REPORT_REVIEW: [
		"CANDIDATE_PUBLICITY",
		"AWARDING",
		"SUSPENDED",
		"RE_EVALUATION",
		"LOT_FAILED",
		"TERMINATED"
	],
	CANDIDATE_PUBLICITY: [
		"AWARDING",
		"SUSPENDED",
		"RE_EVALUATION",
		"LOT_FAILED",
		"TERMINATED"
	],
	AWARDING: [
		"AWARDED",
		"SUSPENDED",
		"RE_EVALUATION",
		"LOT_FAILED",
		"TERMINATED"
	],
	AWARDED: [
		"CONTRACTED",
		"AWARDING",
		"SUSPENDED",
		"LOT_FAILED"
	],
	CONTRACTED: ["ARCHIVED"],
	ARCHIVED: [],
	RE_EVALUATION: [
		"EVALUATING",
		"REPORT_SIGNING",
		"COMMITTEE_READY",
		"SUSPENDED",
		"LOT_FAILED"
	],
	LOT_FAILED: [],
	TERMINATED: []
};
const canSuspend = (status) => status !== "SUSPENDED" && ONWARD[status].includes("SUSPENDED");
const LOT_TRANSITIONS = {
	...ONWARD,
	SUSPENDED: [
		...LOT_STATUSES.filter(canSuspend),
		"LOT_FAILED",
		"TERMINATED"
	]
};
const statusesBefore = (to) => LOT_STATUSES.filter((from) => LOT_TRANSITIONS[from].includes(to));
const RUNNING_STATUSES = statusesBefore("SUSPENDED");
const FINAL_STATUSES = LOT_STATUSES.filter((status) => LOT_TRANSITIONS[status].length === 0);
function canMove(from, to, previous) {
	if (!LOT_TRANSITIONS[from].includes(to)) return false;
	return from !== "SUSPENDED" || to === "LOT_FAILED" || to === "TERMINATED" || to === previous;
}

function moveTo(state, to) {
	if (!canMove(state.status, to, state.previous)) return withFault(state, `status ${state.status} can not become ${to}`);
	if (to === "SUSPENDED") return {
		...state,
		status: to,
		previous: state.status
	};
	return {
		...state,
		status: to,
		previous: null
	};
}
const withFault = (state, reason) => ({
	...state,
	faults: [...state.faults, {
		seq: state.size,
		reason
	}]
});
const own = (record, key) => Object.hasOwn(record, key) ? record[key] : void 0;
const partiesWith = (state, role) => Object.keys(state.parties).filter((party) => state.parties[party]?.roles.includes(role) === true);
const hasRole = (state, party, role) => own(state.parties, party)?.roles.includes(role) === true;
const partKey = (seq, part) => `${seq}/${part}`;
const disclosed = (state, seq, part) => own(state.disclosed, partKey(seq, part));
function disclosedAll(state, part) {
	return Object.keys(state.secretEntries).map(Number).sort((a, b) => a - b).flatMap((seq) => {
		const value = disclosed(state, seq, part);
		return value === void 0 ? [] : [{
			seq,
			value
		}];
	});
}
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const DAY_MS = 864e5;
const CST_MS = 288e5;
const REST_RUN_MAX = 60;
const toMs = (date) => Date.parse(`${date}T00:00:00.000Z`);
const toDate = (ms) => new Date(ms).toISOString().slice(0, 10);
const toInstant = (ms) => new Date(ms).toISOString();
const addDays = (date, days) => toDate(toMs(date) + days * DAY_MS);
const dateInChina = (instant) => toDate(Date.parse(instant) + CST_MS);
const startOfDate = (date) => toInstant(toMs(date) - CST_MS);
const endOfDate = (date) => toInstant(toMs(date) + DAY_MS - CST_MS);
const addMs = (instant, ms) => toInstant(Date.parse(instant) + ms);
function isRestDay(date, calendar) {
	if (calendar.holidays.includes(date)) return true;
	if (calendar.workdays.includes(date)) return false;
	const weekday = new Date(toMs(date)).getUTCDay();
	return weekday === 0 || weekday === 6;
}
function nearestWorkingDay(date, calendar, step = 1) {
	let day = date;
	for (let run = 0; isRestDay(day, calendar); run++) {
		if (run > REST_RUN_MAX) throw new RangeError("calendar without working days");
		day = addDays(day, step);
	}
	return day;
}
const periodEnd = (date, days, calendar) => nearestWorkingDay(addDays(date, days), calendar);
const workingDayBefore = (date, calendar) => nearestWorkingDay(addDays(date, -1), calendar, -1);
function workingDayAfter(date, days, calendar) {
	let day = date;
	for (let left = days; left > 0; left--) day = nearestWorkingDay(addDays(day, 1), calendar);
	return day;
}
const earliestAfterNotice = (date, days) => addDays(date, days);
const latestBefore = (deadline, days) => addDays(deadline, -days);

/*!
*  decimal.js v10.6.0
*  An arbitrary-precision Decimal type for JavaScript.
*  https://github.com/MikeMcl/decimal.js
*  Copyright (c) 2025 Michael Mclaughlin <M8ch88l@gmail.com>
*  MIT Licence
*/
var EXP_LIMIT = 9e15;
var MAX_DIGITS = 1e9;
var NUMERALS = "0123456789abcdef";
var LN10 = "2.3025850929940456840179914546843642076011014886287729760333279009675726096773524802359972050895982983419677840422862486334095254650828067566662873690987816894829072083255546808437998948262331985283935053089653777326288461633662222876982198867465436674744042432743651550489343149393914796194044002221051017141748003688084012647080685567743216228355220114804663715659121373450747856947683463616792101806445070648000277502684916746550586856935673420670581136429224554405758925724208241314695689016758940256776311356919292033376587141660230105703089634572075440370847469940168269282808481184289314848524948644871927809676271275775397027668605952496716674183485704422507197965004714951050492214776567636938662976979522110718264549734772662425709429322582798502585509785265383207606726317164309505995087807523710333101197857547331541421808427543863591778117054309827482385045648019095610299291824318237525357709750539565187697510374970888692180205189339507238539205144634197265287286965110862571492198849978748873771345686209167058";
var PI = "3.1415926535897932384626433832795028841971693993751058209749445923078164062862089986280348253421170679821480865132823066470938446095505822317253594081284811174502841027019385211055596446229489549303819644288109756659334461284756482337867831652712019091456485669234603486104543266482133936072602491412737245870066063155881748815209209628292540917153643678925903600113305305488204665213841469519415116094330572703657595919530921861173819326117931051185480744623799627495673518857527248912279381830119491298336733624406566430860213949463952247371907021798609437027705392171762931767523846748184676694051320005681271452635608277857713427577896091736371787214684409012249534301465495853710507922796892589235420199561121290219608640344181598136297747713099605187072113499999983729780499510597317328160963185950244594553469083026425223082533446850352619311881710100031378387528865875332083814206171776691473035982534904287554687311595628638823537875937519577818577805321712268066130019278766111959092164201989380952572010654858632789";
var DEFAULTS = {
	precision: 20,
	rounding: 4,
	modulo: 1,
	toExpNeg: -7,
	toExpPos: 21,
	minE: -EXP_LIMIT,
	maxE: EXP_LIMIT,
	crypto: false
};
var inexact;
var quadrant;
var external = true;
var decimalError = "[DecimalError] ";
var invalidArgument = decimalError + "Invalid argument: ";
var precisionLimitExceeded = decimalError + "Precision limit exceeded";
var cryptoUnavailable = decimalError + "crypto unavailable";
var tag = "[object Decimal]";
var mathfloor = Math.floor;
var mathpow = Math.pow;
var isBinary = /^0b([01]+(\.[01]*)?|\.[01]+)(p[+-]?\d+)?$/i;
var isHex = /^0x([0-9a-f]+(\.[0-9a-f]*)?|\.[0-9a-f]+)(p[+-]?\d+)?$/i;
var isOctal = /^0o([0-7]+(\.[0-7]*)?|\.[0-7]+)(p[+-]?\d+)?$/i;
var isDecimal = /^(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
var BASE$1 = 1e7;
var LOG_BASE = 7;
var MAX_SAFE_INTEGER = 9007199254740991;
var LN10_PRECISION = LN10.length - 1;
var PI_PRECISION = PI.length - 1;
var P = { toStringTag: tag };
P.absoluteValue = P.abs = function() {
	var x = new this.constructor(this);
	if (x.s < 0) x.s = 1;
	return finalise(x);
};
P.ceil = function() {
	return finalise(new this.constructor(this), this.e + 1, 2);
};
P.clampedTo = P.clamp = function(min, max) {
	var k, x = this, Ctor = x.constructor;
	min = new Ctor(min);
	max = new Ctor(max);
	if (!min.s || !max.s) return new Ctor(NaN);
	if (min.gt(max)) throw Error(invalidArgument + max);
	k = x.cmp(min);
	return k < 0 ? min : x.cmp(max) > 0 ? max : new Ctor(x);
};
P.comparedTo = P.cmp = function(y) {
	var i, j, xdL, ydL, x = this, xd = x.d, yd = (y = new x.constructor(y)).d, xs = x.s, ys = y.s;
	if (!xd || !yd) return !xs || !ys ? NaN : xs !== ys ? xs : xd === yd ? 0 : !xd ^ xs < 0 ? 1 : -1;
	if (!xd[0] || !yd[0]) return xd[0] ? xs : yd[0] ? -ys : 0;
	if (xs !== ys) return xs;
	if (x.e !== y.e) return x.e > y.e ^ xs < 0 ? 1 : -1;
	xdL = xd.length;
	ydL = yd.length;
	for (i = 0, j = xdL < ydL ? xdL : ydL; i < j; ++i) if (xd[i] !== yd[i]) return xd[i] > yd[i] ^ xs < 0 ? 1 : -1;
	return xdL === ydL ? 0 : xdL > ydL ^ xs < 0 ? 1 : -1;
};
P.cosine = P.cos = function() {
	var pr, rm, x = this, Ctor = x.constructor;
	if (!x.d) return new Ctor(NaN);
	if (!x.d[0]) return new Ctor(1);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	Ctor.precision = pr + Math.max(x.e, x.sd()) + LOG_BASE;
	Ctor.rounding = 1;
	x = cosine(Ctor, toLessThanHalfPi(Ctor, x));
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return finalise(quadrant == 2 || quadrant == 3 ? x.neg() : x, pr, rm, true);
};
P.cubeRoot = P.cbrt = function() {
	var e, m, n, r, rep, s, sd, t, t3, t3plusx, x = this, Ctor = x.constructor;
	if (!x.isFinite() || x.isZero()) return new Ctor(x);
	external = false;
	s = x.s * mathpow(x.s * x, 1 / 3);
	if (!s || Math.abs(s) == 1 / 0) {
		n = digitsToString(x.d);
		e = x.e;
		if (s = (e - n.length + 1) % 3) n += s == 1 || s == -2 ? "0" : "00";
		s = mathpow(n, 1 / 3);
		e = mathfloor((e + 1) / 3) - (e % 3 == (e < 0 ? -1 : 2));
		if (s == 1 / 0) n = "5e" + e;
		else {
			n = s.toExponential();
			n = n.slice(0, n.indexOf("e") + 1) + e;
		}
		r = new Ctor(n);
		r.s = x.s;
	} else r = new Ctor(s.toString());
	sd = (e = Ctor.precision) + 3;
	for (;;) {
		t = r;
		t3 = t.times(t).times(t);
		t3plusx = t3.plus(x);
		r = divide(t3plusx.plus(x).times(t), t3plusx.plus(t3), sd + 2, 1);
		if (digitsToString(t.d).slice(0, sd) === (n = digitsToString(r.d)).slice(0, sd)) {
			n = n.slice(sd - 3, sd + 1);
			if (n == "9999" || !rep && n == "4999") {
				if (!rep) {
					finalise(t, e + 1, 0);
					if (t.times(t).times(t).eq(x)) {
						r = t;
						break;
					}
				}
				sd += 4;
				rep = 1;
			} else {
				if (!+n || !+n.slice(1) && n.charAt(0) == "5") {
					finalise(r, e + 1, 1);
					m = !r.times(r).times(r).eq(x);
				}
				break;
			}
		}
	}
	external = true;
	return finalise(r, e, Ctor.rounding, m);
};
P.decimalPlaces = P.dp = function() {
	var w, d = this.d, n = NaN;
	if (d) {
		w = d.length - 1;
		n = (w - mathfloor(this.e / LOG_BASE)) * LOG_BASE;
		w = d[w];
		if (w) for (; w % 10 == 0; w /= 10) n--;
		if (n < 0) n = 0;
	}
	return n;
};
P.dividedBy = P.div = function(y) {
	return divide(this, new this.constructor(y));
};
P.dividedToIntegerBy = P.divToInt = function(y) {
	var x = this, Ctor = x.constructor;
	return finalise(divide(x, new Ctor(y), 0, 1, 1), Ctor.precision, Ctor.rounding);
};
P.equals = P.eq = function(y) {
	return this.cmp(y) === 0;
};
P.floor = function() {
	return finalise(new this.constructor(this), this.e + 1, 3);
};
P.greaterThan = P.gt = function(y) {
	return this.cmp(y) > 0;
};
P.greaterThanOrEqualTo = P.gte = function(y) {
	var k = this.cmp(y);
	return k == 1 || k === 0;
};
P.hyperbolicCosine = P.cosh = function() {
	var k, n, pr, rm, len, x = this, Ctor = x.constructor, one = new Ctor(1);
	if (!x.isFinite()) return new Ctor(x.s ? 1 / 0 : NaN);
	if (x.isZero()) return one;
	pr = Ctor.precision;
	rm = Ctor.rounding;
	Ctor.precision = pr + Math.max(x.e, x.sd()) + 4;
	Ctor.rounding = 1;
	len = x.d.length;
	if (len < 32) {
		k = Math.ceil(len / 3);
		n = (1 / tinyPow(4, k)).toString();
	} else {
		k = 16;
		n = "2.3283064365386962890625e-10";
	}
	x = taylorSeries(Ctor, 1, x.times(n), new Ctor(1), true);
	var cosh2_x, i = k, d8 = new Ctor(8);
	for (; i--;) {
		cosh2_x = x.times(x);
		x = one.minus(cosh2_x.times(d8.minus(cosh2_x.times(d8))));
	}
	return finalise(x, Ctor.precision = pr, Ctor.rounding = rm, true);
};
P.hyperbolicSine = P.sinh = function() {
	var k, pr, rm, len, x = this, Ctor = x.constructor;
	if (!x.isFinite() || x.isZero()) return new Ctor(x);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	Ctor.precision = pr + Math.max(x.e, x.sd()) + 4;
	Ctor.rounding = 1;
	len = x.d.length;
	if (len < 3) x = taylorSeries(Ctor, 2, x, x, true);
	else {
		k = 1.4 * Math.sqrt(len);
		k = k > 16 ? 16 : k | 0;
		x = x.times(1 / tinyPow(5, k));
		x = taylorSeries(Ctor, 2, x, x, true);
		var sinh2_x, d5 = new Ctor(5), d16 = new Ctor(16), d20 = new Ctor(20);
		for (; k--;) {
			sinh2_x = x.times(x);
			x = x.times(d5.plus(sinh2_x.times(d16.times(sinh2_x).plus(d20))));
		}
	}
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return finalise(x, pr, rm, true);
};
P.hyperbolicTangent = P.tanh = function() {
	var pr, rm, x = this, Ctor = x.constructor;
	if (!x.isFinite()) return new Ctor(x.s);
	if (x.isZero()) return new Ctor(x);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	Ctor.precision = pr + 7;
	Ctor.rounding = 1;
	return divide(x.sinh(), x.cosh(), Ctor.precision = pr, Ctor.rounding = rm);
};
P.inverseCosine = P.acos = function() {
	var x = this, Ctor = x.constructor, k = x.abs().cmp(1), pr = Ctor.precision, rm = Ctor.rounding;
	if (k !== -1) return k === 0 ? x.isNeg() ? getPi(Ctor, pr, rm) : new Ctor(0) : new Ctor(NaN);
	if (x.isZero()) return getPi(Ctor, pr + 4, rm).times(.5);
	Ctor.precision = pr + 6;
	Ctor.rounding = 1;
	x = new Ctor(1).minus(x).div(x.plus(1)).sqrt().atan();
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return x.times(2);
};
P.inverseHyperbolicCosine = P.acosh = function() {
	var pr, rm, x = this, Ctor = x.constructor;
	if (x.lte(1)) return new Ctor(x.eq(1) ? 0 : NaN);
	if (!x.isFinite()) return new Ctor(x);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	Ctor.precision = pr + Math.max(Math.abs(x.e), x.sd()) + 4;
	Ctor.rounding = 1;
	external = false;
	x = x.times(x).minus(1).sqrt().plus(x);
	external = true;
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return x.ln();
};
P.inverseHyperbolicSine = P.asinh = function() {
	var pr, rm, x = this, Ctor = x.constructor;
	if (!x.isFinite() || x.isZero()) return new Ctor(x);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	Ctor.precision = pr + 2 * Math.max(Math.abs(x.e), x.sd()) + 6;
	Ctor.rounding = 1;
	external = false;
	x = x.times(x).plus(1).sqrt().plus(x);
	external = true;
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return x.ln();
};
P.inverseHyperbolicTangent = P.atanh = function() {
	var pr, rm, wpr, xsd, x = this, Ctor = x.constructor;
	if (!x.isFinite()) return new Ctor(NaN);
	if (x.e >= 0) return new Ctor(x.abs().eq(1) ? x.s / 0 : x.isZero() ? x : NaN);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	xsd = x.sd();
	if (Math.max(xsd, pr) < 2 * -x.e - 1) return finalise(new Ctor(x), pr, rm, true);
	Ctor.precision = wpr = xsd - x.e;
	x = divide(x.plus(1), new Ctor(1).minus(x), wpr + pr, 1);
	Ctor.precision = pr + 4;
	Ctor.rounding = 1;
	x = x.ln();
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return x.times(.5);
};
P.inverseSine = P.asin = function() {
	var halfPi, k, pr, rm, x = this, Ctor = x.constructor;
	if (x.isZero()) return new Ctor(x);
	k = x.abs().cmp(1);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	if (k !== -1) {
		if (k === 0) {
			halfPi = getPi(Ctor, pr + 4, rm).times(.5);
			halfPi.s = x.s;
			return halfPi;
		}
		return new Ctor(NaN);
	}
	Ctor.precision = pr + 6;
	Ctor.rounding = 1;
	x = x.div(new Ctor(1).minus(x.times(x)).sqrt().plus(1)).atan();
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return x.times(2);
};
P.inverseTangent = P.atan = function() {
	var i, j, k, n, px, t, r, wpr, x2, x = this, Ctor = x.constructor, pr = Ctor.precision, rm = Ctor.rounding;
	if (!x.isFinite()) {
		if (!x.s) return new Ctor(NaN);
		if (pr + 4 <= PI_PRECISION) {
			r = getPi(Ctor, pr + 4, rm).times(.5);
			r.s = x.s;
			return r;
		}
	} else if (x.isZero()) return new Ctor(x);
	else if (x.abs().eq(1) && pr + 4 <= PI_PRECISION) {
		r = getPi(Ctor, pr + 4, rm).times(.25);
		r.s = x.s;
		return r;
	}
	Ctor.precision = wpr = pr + 10;
	Ctor.rounding = 1;
	k = Math.min(28, wpr / LOG_BASE + 2 | 0);
	for (i = k; i; --i) x = x.div(x.times(x).plus(1).sqrt().plus(1));
	external = false;
	j = Math.ceil(wpr / LOG_BASE);
	n = 1;
	x2 = x.times(x);
	r = new Ctor(x);
	px = x;
	for (; i !== -1;) {
		px = px.times(x2);
		t = r.minus(px.div(n += 2));
		px = px.times(x2);
		r = t.plus(px.div(n += 2));
		if (r.d[j] !== void 0) for (i = j; r.d[i] === t.d[i] && i--;);
	}
	if (k) r = r.times(2 << k - 1);
	external = true;
	return finalise(r, Ctor.precision = pr, Ctor.rounding = rm, true);
};
P.isFinite = function() {
	return !!this.d;
};
P.isInteger = P.isInt = function() {
	return !!this.d && mathfloor(this.e / LOG_BASE) > this.d.length - 2;
};
P.isNaN = function() {
	return !this.s;
};
P.isNegative = P.isNeg = function() {
	return this.s < 0;
};
P.isPositive = P.isPos = function() {
	return this.s > 0;
};
P.isZero = function() {
	return !!this.d && this.d[0] === 0;
};
P.lessThan = P.lt = function(y) {
	return this.cmp(y) < 0;
};
P.lessThanOrEqualTo = P.lte = function(y) {
	return this.cmp(y) < 1;
};
P.logarithm = P.log = function(base) {
	var isBase10, d, denominator, k, inf, num, sd, r, arg = this, Ctor = arg.constructor, pr = Ctor.precision, rm = Ctor.rounding, guard = 5;
	if (base == null) {
		base = new Ctor(10);
		isBase10 = true;
	} else {
		base = new Ctor(base);
		d = base.d;
		if (base.s < 0 || !d || !d[0] || base.eq(1)) return new Ctor(NaN);
		isBase10 = base.eq(10);
	}
	d = arg.d;
	if (arg.s < 0 || !d || !d[0] || arg.eq(1)) return new Ctor(d && !d[0] ? -1 / 0 : arg.s != 1 ? NaN : d ? 0 : 1 / 0);
	if (isBase10) {
		if (d.length > 1) inf = true;
		else {
			for (k = d[0]; k % 10 === 0;) k /= 10;
			inf = k !== 1;
		}
	}
	external = false;
	sd = pr + guard;
	num = naturalLogarithm(arg, sd);
	denominator = isBase10 ? getLn10(Ctor, sd + 10) : naturalLogarithm(base, sd);
	r = divide(num, denominator, sd, 1);
	if (checkRoundingDigits(r.d, k = pr, rm)) do {
		sd += 10;
		num = naturalLogarithm(arg, sd);
		denominator = isBase10 ? getLn10(Ctor, sd + 10) : naturalLogarithm(base, sd);
		r = divide(num, denominator, sd, 1);
		if (!inf) {
			if (+digitsToString(r.d).slice(k + 1, k + 15) + 1 == 0x5af3107a4000) r = finalise(r, pr + 1, 0);
			break;
		}
	} while (checkRoundingDigits(r.d, k += 10, rm));
	external = true;
	return finalise(r, pr, rm);
};
P.minus = P.sub = function(y) {
	var d, e, i, j, k, len, pr, rm, xd, xe, xLTy, yd, x = this, Ctor = x.constructor;
	y = new Ctor(y);
	if (!x.d || !y.d) {
		if (!x.s || !y.s) y = new Ctor(NaN);
		else if (x.d) y.s = -y.s;
		else y = new Ctor(y.d || x.s !== y.s ? x : NaN);
		return y;
	}
	if (x.s != y.s) {
		y.s = -y.s;
		return x.plus(y);
	}
	xd = x.d;
	yd = y.d;
	pr = Ctor.precision;
	rm = Ctor.rounding;
	if (!xd[0] || !yd[0]) {
		if (yd[0]) y.s = -y.s;
		else if (xd[0]) y = new Ctor(x);
		else return new Ctor(rm === 3 ? -0 : 0);
		return external ? finalise(y, pr, rm) : y;
	}
	e = mathfloor(y.e / LOG_BASE);
	xe = mathfloor(x.e / LOG_BASE);
	xd = xd.slice();
	k = xe - e;
	if (k) {
		xLTy = k < 0;
		if (xLTy) {
			d = xd;
			k = -k;
			len = yd.length;
		} else {
			d = yd;
			e = xe;
			len = xd.length;
		}
		i = Math.max(Math.ceil(pr / LOG_BASE), len) + 2;
		if (k > i) {
			k = i;
			d.length = 1;
		}
		d.reverse();
		for (i = k; i--;) d.push(0);
		d.reverse();
	} else {
		i = xd.length;
		len = yd.length;
		xLTy = i < len;
		if (xLTy) len = i;
		for (i = 0; i < len; i++) if (xd[i] != yd[i]) {
			xLTy = xd[i] < yd[i];
			break;
		}
		k = 0;
	}
	if (xLTy) {
		d = xd;
		xd = yd;
		yd = d;
		y.s = -y.s;
	}
	len = xd.length;
	for (i = yd.length - len; i > 0; --i) xd[len++] = 0;
	for (i = yd.length; i > k;) {
		if (xd[--i] < yd[i]) {
			for (j = i; j && xd[--j] === 0;) xd[j] = BASE$1 - 1;
			--xd[j];
			xd[i] += BASE$1;
		}
		xd[i] -= yd[i];
	}
	for (; xd[--len] === 0;) xd.pop();
	for (; xd[0] === 0; xd.shift()) --e;
	if (!xd[0]) return new Ctor(rm === 3 ? -0 : 0);
	y.d = xd;
	y.e = getBase10Exponent(xd, e);
	return external ? finalise(y, pr, rm) : y;
};
P.modulo = P.mod = function(y) {
	var q, x = this, Ctor = x.constructor;
	y = new Ctor(y);
	if (!x.d || !y.s || y.d && !y.d[0]) return new Ctor(NaN);
	if (!y.d || x.d && !x.d[0]) return finalise(new Ctor(x), Ctor.precision, Ctor.rounding);
	external = false;
	if (Ctor.modulo == 9) {
		q = divide(x, y.abs(), 0, 3, 1);
		q.s *= y.s;
	} else q = divide(x, y, 0, Ctor.modulo, 1);
	q = q.times(y);
	external = true;
	return x.minus(q);
};
P.naturalExponential = P.exp = function() {
	return naturalExponential(this);
};
P.naturalLogarithm = P.ln = function() {
	return naturalLogarithm(this);
};
P.negated = P.neg = function() {
	var x = new this.constructor(this);
	x.s = -x.s;
	return finalise(x);
};
P.plus = P.add = function(y) {
	var carry, d, e, i, k, len, pr, rm, xd, yd, x = this, Ctor = x.constructor;
	y = new Ctor(y);
	if (!x.d || !y.d) {
		if (!x.s || !y.s) y = new Ctor(NaN);
		else if (!x.d) y = new Ctor(y.d || x.s === y.s ? x : NaN);
		return y;
	}
	if (x.s != y.s) {
		y.s = -y.s;
		return x.minus(y);
	}
	xd = x.d;
	yd = y.d;
	pr = Ctor.precision;
	rm = Ctor.rounding;
	if (!xd[0] || !yd[0]) {
		if (!yd[0]) y = new Ctor(x);
		return external ? finalise(y, pr, rm) : y;
	}
	k = mathfloor(x.e / LOG_BASE);
	e = mathfloor(y.e / LOG_BASE);
	xd = xd.slice();
	i = k - e;
	if (i) {
		if (i < 0) {
			d = xd;
			i = -i;
			len = yd.length;
		} else {
			d = yd;
			e = k;
			len = xd.length;
		}
		k = Math.ceil(pr / LOG_BASE);
		len = k > len ? k + 1 : len + 1;
		if (i > len) {
			i = len;
			d.length = 1;
		}
		d.reverse();
		for (; i--;) d.push(0);
		d.reverse();
	}
	len = xd.length;
	i = yd.length;
	if (len - i < 0) {
		i = len;
		d = yd;
		yd = xd;
		xd = d;
	}
	for (carry = 0; i;) {
		carry = (xd[--i] = xd[i] + yd[i] + carry) / BASE$1 | 0;
		xd[i] %= BASE$1;
	}
	if (carry) {
		xd.unshift(carry);
		++e;
	}
	for (len = xd.length; xd[--len] == 0;) xd.pop();
	y.d = xd;
	y.e = getBase10Exponent(xd, e);
	return external ? finalise(y, pr, rm) : y;
};
P.precision = P.sd = function(z) {
	var k, x = this;
	if (z !== void 0 && z !== !!z && z !== 1 && z !== 0) throw Error(invalidArgument + z);
	if (x.d) {
		k = getPrecision(x.d);
		if (z && x.e + 1 > k) k = x.e + 1;
	} else k = NaN;
	return k;
};
P.round = function() {
	var x = this, Ctor = x.constructor;
	return finalise(new Ctor(x), x.e + 1, Ctor.rounding);
};
P.sine = P.sin = function() {
	var pr, rm, x = this, Ctor = x.constructor;
	if (!x.isFinite()) return new Ctor(NaN);
	if (x.isZero()) return new Ctor(x);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	Ctor.precision = pr + Math.max(x.e, x.sd()) + LOG_BASE;
	Ctor.rounding = 1;
	x = sine(Ctor, toLessThanHalfPi(Ctor, x));
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return finalise(quadrant > 2 ? x.neg() : x, pr, rm, true);
};
P.squareRoot = P.sqrt = function() {
	var m, n, sd, r, rep, t, x = this, d = x.d, e = x.e, s = x.s, Ctor = x.constructor;
	if (s !== 1 || !d || !d[0]) return new Ctor(!s || s < 0 && (!d || d[0]) ? NaN : d ? x : 1 / 0);
	external = false;
	s = Math.sqrt(+x);
	if (s == 0 || s == 1 / 0) {
		n = digitsToString(d);
		if ((n.length + e) % 2 == 0) n += "0";
		s = Math.sqrt(n);
		e = mathfloor((e + 1) / 2) - (e < 0 || e % 2);
		if (s == 1 / 0) n = "5e" + e;
		else {
			n = s.toExponential();
			n = n.slice(0, n.indexOf("e") + 1) + e;
		}
		r = new Ctor(n);
	} else r = new Ctor(s.toString());
	sd = (e = Ctor.precision) + 3;
	for (;;) {
		t = r;
		r = t.plus(divide(x, t, sd + 2, 1)).times(.5);
		if (digitsToString(t.d).slice(0, sd) === (n = digitsToString(r.d)).slice(0, sd)) {
			n = n.slice(sd - 3, sd + 1);
			if (n == "9999" || !rep && n == "4999") {
				if (!rep) {
					finalise(t, e + 1, 0);
					if (t.times(t).eq(x)) {
						r = t;
						break;
					}
				}
				sd += 4;
				rep = 1;
			} else {
				if (!+n || !+n.slice(1) && n.charAt(0) == "5") {
					finalise(r, e + 1, 1);
					m = !r.times(r).eq(x);
				}
				break;
			}
		}
	}
	external = true;
	return finalise(r, e, Ctor.rounding, m);
};
P.tangent = P.tan = function() {
	var pr, rm, x = this, Ctor = x.constructor;
	if (!x.isFinite()) return new Ctor(NaN);
	if (x.isZero()) return new Ctor(x);
	pr = Ctor.precision;
	rm = Ctor.rounding;
	Ctor.precision = pr + 10;
	Ctor.rounding = 1;
	x = x.sin();
	x.s = 1;
	x = divide(x, new Ctor(1).minus(x.times(x)).sqrt(), pr + 10, 0);
	Ctor.precision = pr;
	Ctor.rounding = rm;
	return finalise(quadrant == 2 || quadrant == 4 ? x.neg() : x, pr, rm, true);
};
P.times = P.mul = function(y) {
	var carry, e, i, k, r, rL, t, xdL, ydL, x = this, Ctor = x.constructor, xd = x.d, yd = (y = new Ctor(y)).d;
	y.s *= x.s;
	if (!xd || !xd[0] || !yd || !yd[0]) return new Ctor(!y.s || xd && !xd[0] && !yd || yd && !yd[0] && !xd ? NaN : !xd || !yd ? y.s / 0 : y.s * 0);
	e = mathfloor(x.e / LOG_BASE) + mathfloor(y.e / LOG_BASE);
	xdL = xd.length;
	ydL = yd.length;
	if (xdL < ydL) {
		r = xd;
		xd = yd;
		yd = r;
		rL = xdL;
		xdL = ydL;
		ydL = rL;
	}
	r = [];
	rL = xdL + ydL;
	for (i = rL; i--;) r.push(0);
	for (i = ydL; --i >= 0;) {
		carry = 0;
		for (k = xdL + i; k > i;) {
			t = r[k] + yd[i] * xd[k - i - 1] + carry;
			r[k--] = t % BASE$1 | 0;
			carry = t / BASE$1 | 0;
		}
		r[k] = (r[k] + carry) % BASE$1 | 0;
	}
	for (; !r[--rL];) r.pop();
	if (carry) ++e;
	else r.shift();
	y.d = r;
	y.e = getBase10Exponent(r, e);
	return external ? finalise(y, Ctor.precision, Ctor.rounding) : y;
};
P.toBinary = function(sd, rm) {
	return toStringBinary(this, 2, sd, rm);
};
P.toDecimalPlaces = P.toDP = function(dp, rm) {
	var x = this, Ctor = x.constructor;
	x = new Ctor(x);
	if (dp === void 0) return x;
	checkInt32(dp, 0, MAX_DIGITS);
	if (rm === void 0) rm = Ctor.rounding;
	else checkInt32(rm, 0, 8);
	return finalise(x, dp + x.e + 1, rm);
};
P.toExponential = function(dp, rm) {
	var str, x = this, Ctor = x.constructor;
	if (dp === void 0) str = finiteToString(x, true);
	else {
		checkInt32(dp, 0, MAX_DIGITS);
		if (rm === void 0) rm = Ctor.rounding;
		else checkInt32(rm, 0, 8);
		x = finalise(new Ctor(x), dp + 1, rm);
		str = finiteToString(x, true, dp + 1);
	}
	return x.isNeg() && !x.isZero() ? "-" + str : str;
};
P.toFixed = function(dp, rm) {
	var str, y, x = this, Ctor = x.constructor;
	if (dp === void 0) str = finiteToString(x);
	else {
		checkInt32(dp, 0, MAX_DIGITS);
		if (rm === void 0) rm = Ctor.rounding;
		else checkInt32(rm, 0, 8);
		y = finalise(new Ctor(x), dp + x.e + 1, rm);
		str = finiteToString(y, false, dp + y.e + 1);
	}
	return x.isNeg() && !x.isZero() ? "-" + str : str;
};
P.toFraction = function(maxD) {
	var d, d0, d1, d2, e, k, n, n0, n1, pr, q, r, x = this, xd = x.d, Ctor = x.constructor;
	if (!xd) return new Ctor(x);
	n1 = d0 = new Ctor(1);
	d1 = n0 = new Ctor(0);
	d = new Ctor(d1);
	e = d.e = getPrecision(xd) - x.e - 1;
	k = e % LOG_BASE;
	d.d[0] = mathpow(10, k < 0 ? LOG_BASE + k : k);
	if (maxD == null) maxD = e > 0 ? d : n1;
	else {
		n = new Ctor(maxD);
		if (!n.isInt() || n.lt(n1)) throw Error(invalidArgument + n);
		maxD = n.gt(d) ? e > 0 ? d : n1 : n;
	}
	external = false;
	n = new Ctor(digitsToString(xd));
	pr = Ctor.precision;
	Ctor.precision = e = xd.length * LOG_BASE * 2;
	for (;;) {
		q = divide(n, d, 0, 1, 1);
		d2 = d0.plus(q.times(d1));
		if (d2.cmp(maxD) == 1) break;
		d0 = d1;
		d1 = d2;
		d2 = n1;
		n1 = n0.plus(q.times(d2));
		n0 = d2;
		d2 = d;
		d = n.minus(q.times(d2));
		n = d2;
	}
	d2 = divide(maxD.minus(d0), d1, 0, 1, 1);
	n0 = n0.plus(d2.times(n1));
	d0 = d0.plus(d2.times(d1));
	n0.s = n1.s = x.s;
	r = divide(n1, d1, e, 1).minus(x).abs().cmp(divide(n0, d0, e, 1).minus(x).abs()) < 1 ? [n1, d1] : [n0, d0];
	Ctor.precision = pr;
	external = true;
	return r;
};
P.toHexadecimal = P.toHex = function(sd, rm) {
	return toStringBinary(this, 16, sd, rm);
};
P.toNearest = function(y, rm) {
	var x = this, Ctor = x.constructor;
	x = new Ctor(x);
	if (y == null) {
		if (!x.d) return x;
		y = new Ctor(1);
		rm = Ctor.rounding;
	} else {
		y = new Ctor(y);
		if (rm === void 0) rm = Ctor.rounding;
		else checkInt32(rm, 0, 8);
		if (!x.d) return y.s ? x : y;
		if (!y.d) {
			if (y.s) y.s = x.s;
			return y;
		}
	}
	if (y.d[0]) {
		external = false;
		x = divide(x, y, 0, rm, 1).times(y);
		external = true;
		finalise(x);
	} else {
		y.s = x.s;
		x = y;
	}
	return x;
};
P.toNumber = function() {
	return +this;
};
P.toOctal = function(sd, rm) {
	return toStringBinary(this, 8, sd, rm);
};
P.toPower = P.pow = function(y) {
	var e, k, pr, r, rm, s, x = this, Ctor = x.constructor, yn = +(y = new Ctor(y));
	if (!x.d || !y.d || !x.d[0] || !y.d[0]) return new Ctor(mathpow(+x, yn));
	x = new Ctor(x);
	if (x.eq(1)) return x;
	pr = Ctor.precision;
	rm = Ctor.rounding;
	if (y.eq(1)) return finalise(x, pr, rm);
	e = mathfloor(y.e / LOG_BASE);
	if (e >= y.d.length - 1 && (k = yn < 0 ? -yn : yn) <= MAX_SAFE_INTEGER) {
		r = intPow(Ctor, x, k, pr);
		return y.s < 0 ? new Ctor(1).div(r) : finalise(r, pr, rm);
	}
	s = x.s;
	if (s < 0) {
		if (e < y.d.length - 1) return new Ctor(NaN);
		if ((y.d[e] & 1) == 0) s = 1;
		if (x.e == 0 && x.d[0] == 1 && x.d.length == 1) {
			x.s = s;
			return x;
		}
	}
	k = mathpow(+x, yn);
	e = k == 0 || !isFinite(k) ? mathfloor(yn * (Math.log("0." + digitsToString(x.d)) / Math.LN10 + x.e + 1)) : new Ctor(k + "").e;
	if (e > Ctor.maxE + 1 || e < Ctor.minE - 1) return new Ctor(e > 0 ? s / 0 : 0);
	external = false;
	Ctor.rounding = x.s = 1;
	k = Math.min(12, (e + "").length);
	r = naturalExponential(y.times(naturalLogarithm(x, pr + k)), pr);
	if (r.d) {
		r = finalise(r, pr + 5, 1);
		if (checkRoundingDigits(r.d, pr, rm)) {
			e = pr + 10;
			r = finalise(naturalExponential(y.times(naturalLogarithm(x, e + k)), e), e + 5, 1);
			if (+digitsToString(r.d).slice(pr + 1, pr + 15) + 1 == 0x5af3107a4000) r = finalise(r, pr + 1, 0);
		}
	}
	r.s = s;
	external = true;
	Ctor.rounding = rm;
	return finalise(r, pr, rm);
};
P.toPrecision = function(sd, rm) {
	var str, x = this, Ctor = x.constructor;
	if (sd === void 0) str = finiteToString(x, x.e <= Ctor.toExpNeg || x.e >= Ctor.toExpPos);
	else {
		checkInt32(sd, 1, MAX_DIGITS);
		if (rm === void 0) rm = Ctor.rounding;
		else checkInt32(rm, 0, 8);
		x = finalise(new Ctor(x), sd, rm);
		str = finiteToString(x, sd <= x.e || x.e <= Ctor.toExpNeg, sd);
	}
	return x.isNeg() && !x.isZero() ? "-" + str : str;
};
P.toSignificantDigits = P.toSD = function(sd, rm) {
	var x = this, Ctor = x.constructor;
	if (sd === void 0) {
		sd = Ctor.precision;
		rm = Ctor.rounding;
	} else {
		checkInt32(sd, 1, MAX_DIGITS);
		if (rm === void 0) rm = Ctor.rounding;
		else checkInt32(rm, 0, 8);
	}
	return finalise(new Ctor(x), sd, rm);
};
P.toString = function() {
	var x = this, Ctor = x.constructor, str = finiteToString(x, x.e <= Ctor.toExpNeg || x.e >= Ctor.toExpPos);
	return x.isNeg() && !x.isZero() ? "-" + str : str;
};
P.truncated = P.trunc = function() {
	return finalise(new this.constructor(this), this.e + 1, 1);
};
P.valueOf = P.toJSON = function() {
	var x = this, Ctor = x.constructor, str = finiteToString(x, x.e <= Ctor.toExpNeg || x.e >= Ctor.toExpPos);
	return x.isNeg() ? "-" + str : str;
};
function digitsToString(d) {
	var i, k, ws, indexOfLastWord = d.length - 1, str = "", w = d[0];
	if (indexOfLastWord > 0) {
		str += w;
		for (i = 1; i < indexOfLastWord; i++) {
			ws = d[i] + "";
			k = LOG_BASE - ws.length;
			if (k) str += getZeroString(k);
			str += ws;
		}
		w = d[i];
		ws = w + "";
		k = LOG_BASE - ws.length;
		if (k) str += getZeroString(k);
	} else if (w === 0) return "0";
	for (; w % 10 === 0;) w /= 10;
	return str + w;
}
function checkInt32(i, min, max) {
	if (i !== ~~i || i < min || i > max) throw Error(invalidArgument + i);
}
function checkRoundingDigits(d, i, rm, repeating) {
	var di, k = d[0], r, rd;
	for (; k >= 10; k /= 10) --i;
	if (--i < 0) {
		i += LOG_BASE;
		di = 0;
	} else {
		di = Math.ceil((i + 1) / LOG_BASE);
		i %= LOG_BASE;
	}
	k = mathpow(10, LOG_BASE - i);
	rd = d[di] % k | 0;
	if (repeating == null) {
		if (i < 3) {
			if (i == 0) rd = rd / 100 | 0;
			else if (i == 1) rd = rd / 10 | 0;
			r = rm < 4 && rd == 99999 || rm > 3 && rd == 49999 || rd == 5e4 || rd == 0;
		} else r = (rm < 4 && rd + 1 == k || rm > 3 && rd + 1 == k / 2) && (d[di + 1] / k / 100 | 0) == mathpow(10, i - 2) - 1 || (rd == k / 2 || rd == 0) && (d[di + 1] / k / 100 | 0) == 0;
	} else if (i < 4) {
		if (i == 0) rd = rd / 1e3 | 0;
		else if (i == 1) rd = rd / 100 | 0;
		else if (i == 2) rd = rd / 10 | 0;
		r = (repeating || rm < 4) && rd == 9999 || !repeating && rm > 3 && rd == 4999;
	} else r = ((repeating || rm < 4) && rd + 1 == k || !repeating && rm > 3 && rd + 1 == k / 2) && (d[di + 1] / k / 1e3 | 0) == mathpow(10, i - 3) - 1;
	return r;
}
function convertBase(str, baseIn, baseOut) {
	var j, arr = [0], arrL, i = 0, strL = str.length;
	for (; i < strL;) {
		for (arrL = arr.length; arrL--;) arr[arrL] *= baseIn;
		arr[0] += NUMERALS.indexOf(str.charAt(i++));
		for (j = 0; j < arr.length; j++) if (arr[j] > baseOut - 1) {
			if (arr[j + 1] === void 0) arr[j + 1] = 0;
			arr[j + 1] += arr[j] / baseOut | 0;
			arr[j] %= baseOut;
		}
	}
	return arr.reverse();
}
function cosine(Ctor, x) {
	var k, len, y;
	if (x.isZero()) return x;
	len = x.d.length;
	if (len < 32) {
		k = Math.ceil(len / 3);
		y = (1 / tinyPow(4, k)).toString();
	} else {
		k = 16;
		y = "2.3283064365386962890625e-10";
	}
	Ctor.precision += k;
	x = taylorSeries(Ctor, 1, x.times(y), new Ctor(1));
	for (var i = k; i--;) {
		var cos2x = x.times(x);
		x = cos2x.times(cos2x).minus(cos2x).times(8).plus(1);
	}
	Ctor.precision -= k;
	return x;
}
var divide = (function() {
	function multiplyInteger(x, k, base) {
		var temp, carry = 0, i = x.length;
		for (x = x.slice(); i--;) {
			temp = x[i] * k + carry;
			x[i] = temp % base | 0;
			carry = temp / base | 0;
		}
		if (carry) x.unshift(carry);
		return x;
	}
	function compare(a, b, aL, bL) {
		var i, r;
		if (aL != bL) r = aL > bL ? 1 : -1;
		else for (i = r = 0; i < aL; i++) if (a[i] != b[i]) {
			r = a[i] > b[i] ? 1 : -1;
			break;
		}
		return r;
	}
	function subtract(a, b, aL, base) {
		var i = 0;
		for (; aL--;) {
			a[aL] -= i;
			i = a[aL] < b[aL] ? 1 : 0;
			a[aL] = i * base + a[aL] - b[aL];
		}
		for (; !a[0] && a.length > 1;) a.shift();
	}
	return function(x, y, pr, rm, dp, base) {
		var cmp, e, i, k, logBase, more, prod, prodL, q, qd, rem, remL, rem0, sd, t, xi, xL, yd0, yL, yz, Ctor = x.constructor, sign = x.s == y.s ? 1 : -1, xd = x.d, yd = y.d;
		if (!xd || !xd[0] || !yd || !yd[0]) return new Ctor(!x.s || !y.s || (xd ? yd && xd[0] == yd[0] : !yd) ? NaN : xd && xd[0] == 0 || !yd ? sign * 0 : sign / 0);
		if (base) {
			logBase = 1;
			e = x.e - y.e;
		} else {
			base = BASE$1;
			logBase = LOG_BASE;
			e = mathfloor(x.e / logBase) - mathfloor(y.e / logBase);
		}
		yL = yd.length;
		xL = xd.length;
		q = new Ctor(sign);
		qd = q.d = [];
		for (i = 0; yd[i] == (xd[i] || 0); i++);
		if (yd[i] > (xd[i] || 0)) e--;
		if (pr == null) {
			sd = pr = Ctor.precision;
			rm = Ctor.rounding;
		} else if (dp) sd = pr + (x.e - y.e) + 1;
		else sd = pr;
		if (sd < 0) {
			qd.push(1);
			more = true;
		} else {
			sd = sd / logBase + 2 | 0;
			i = 0;
			if (yL == 1) {
				k = 0;
				yd = yd[0];
				sd++;
				for (; (i < xL || k) && sd--; i++) {
					t = k * base + (xd[i] || 0);
					qd[i] = t / yd | 0;
					k = t % yd | 0;
				}
				more = k || i < xL;
			} else {
				k = base / (yd[0] + 1) | 0;
				if (k > 1) {
					yd = multiplyInteger(yd, k, base);
					xd = multiplyInteger(xd, k, base);
					yL = yd.length;
					xL = xd.length;
				}
				xi = yL;
				rem = xd.slice(0, yL);
				remL = rem.length;
				for (; remL < yL;) rem[remL++] = 0;
				yz = yd.slice();
				yz.unshift(0);
				yd0 = yd[0];
				if (yd[1] >= base / 2) ++yd0;
				do {
					k = 0;
					cmp = compare(yd, rem, yL, remL);
					if (cmp < 0) {
						rem0 = rem[0];
						if (yL != remL) rem0 = rem0 * base + (rem[1] || 0);
						k = rem0 / yd0 | 0;
						if (k > 1) {
							if (k >= base) k = base - 1;
							prod = multiplyInteger(yd, k, base);
							prodL = prod.length;
							remL = rem.length;
							cmp = compare(prod, rem, prodL, remL);
							if (cmp == 1) {
								k--;
								subtract(prod, yL < prodL ? yz : yd, prodL, base);
							}
						} else {
							if (k == 0) cmp = k = 1;
							prod = yd.slice();
						}
						prodL = prod.length;
						if (prodL < remL) prod.unshift(0);
						subtract(rem, prod, remL, base);
						if (cmp == -1) {
							remL = rem.length;
							cmp = compare(yd, rem, yL, remL);
							if (cmp < 1) {
								k++;
								subtract(rem, yL < remL ? yz : yd, remL, base);
							}
						}
						remL = rem.length;
					} else if (cmp === 0) {
						k++;
						rem = [0];
					}
					qd[i++] = k;
					if (cmp && rem[0]) rem[remL++] = xd[xi] || 0;
					else {
						rem = [xd[xi]];
						remL = 1;
					}
				} while ((xi++ < xL || rem[0] !== void 0) && sd--);
				more = rem[0] !== void 0;
			}
			if (!qd[0]) qd.shift();
		}
		if (logBase == 1) {
			q.e = e;
			inexact = more;
		} else {
			for (i = 1, k = qd[0]; k >= 10; k /= 10) i++;
			q.e = i + e * logBase - 1;
			finalise(q, dp ? pr + q.e + 1 : pr, rm, more);
		}
		return q;
	};
})();
function finalise(x, sd, rm, isTruncated) {
	var digits, i, j, k, rd, roundUp, w, xd, xdi, Ctor = x.constructor;
	out: if (sd != null) {
		xd = x.d;
		if (!xd) return x;
		for (digits = 1, k = xd[0]; k >= 10; k /= 10) digits++;
		i = sd - digits;
		if (i < 0) {
			i += LOG_BASE;
			j = sd;
			w = xd[xdi = 0];
			rd = w / mathpow(10, digits - j - 1) % 10 | 0;
		} else {
			xdi = Math.ceil((i + 1) / LOG_BASE);
			k = xd.length;
			if (xdi >= k) {
				if (isTruncated) {
					for (; k++ <= xdi;) xd.push(0);
					w = rd = 0;
					digits = 1;
					i %= LOG_BASE;
					j = i - LOG_BASE + 1;
				} else break out;
			} else {
				w = k = xd[xdi];
				for (digits = 1; k >= 10; k /= 10) digits++;
				i %= LOG_BASE;
				j = i - LOG_BASE + digits;
				rd = j < 0 ? 0 : w / mathpow(10, digits - j - 1) % 10 | 0;
			}
		}
		isTruncated = isTruncated || sd < 0 || xd[xdi + 1] !== void 0 || (j < 0 ? w : w % mathpow(10, digits - j - 1));
		roundUp = rm < 4 ? (rd || isTruncated) && (rm == 0 || rm == (x.s < 0 ? 3 : 2)) : rd > 5 || rd == 5 && (rm == 4 || isTruncated || rm == 6 && (i > 0 ? j > 0 ? w / mathpow(10, digits - j) : 0 : xd[xdi - 1]) % 10 & 1 || rm == (x.s < 0 ? 8 : 7));
		if (sd < 1 || !xd[0]) {
			xd.length = 0;
			if (roundUp) {
				sd -= x.e + 1;
				xd[0] = mathpow(10, (LOG_BASE - sd % LOG_BASE) % LOG_BASE);
				x.e = -sd || 0;
			} else xd[0] = x.e = 0;
			return x;
		}
		if (i == 0) {
			xd.length = xdi;
			k = 1;
			xdi--;
		} else {
			xd.length = xdi + 1;
			k = mathpow(10, LOG_BASE - i);
			xd[xdi] = j > 0 ? (w / mathpow(10, digits - j) % mathpow(10, j) | 0) * k : 0;
		}
		if (roundUp) for (;;) if (xdi == 0) {
			for (i = 1, j = xd[0]; j >= 10; j /= 10) i++;
			j = xd[0] += k;
			for (k = 1; j >= 10; j /= 10) k++;
			if (i != k) {
				x.e++;
				if (xd[0] == BASE$1) xd[0] = 1;
			}
			break;
		} else {
			xd[xdi] += k;
			if (xd[xdi] != BASE$1) break;
			xd[xdi--] = 0;
			k = 1;
		}
		for (i = xd.length; xd[--i] === 0;) xd.pop();
	}
	if (external) {
		if (x.e > Ctor.maxE) {
			x.d = null;
			x.e = NaN;
		} else if (x.e < Ctor.minE) {
			x.e = 0;
			x.d = [0];
		}
	}
	return x;
}
function finiteToString(x, isExp, sd) {
	if (!x.isFinite()) return nonFiniteToString(x);
	var k, e = x.e, str = digitsToString(x.d), len = str.length;
	if (isExp) {
		if (sd && (k = sd - len) > 0) str = str.charAt(0) + "." + str.slice(1) + getZeroString(k);
		else if (len > 1) str = str.charAt(0) + "." + str.slice(1);
		str = str + (x.e < 0 ? "e" : "e+") + x.e;
	} else if (e < 0) {
		str = "0." + getZeroString(-e - 1) + str;
		if (sd && (k = sd - len) > 0) str += getZeroString(k);
	} else if (e >= len) {
		str += getZeroString(e + 1 - len);
		if (sd && (k = sd - e - 1) > 0) str = str + "." + getZeroString(k);
	} else {
		if ((k = e + 1) < len) str = str.slice(0, k) + "." + str.slice(k);
		if (sd && (k = sd - len) > 0) {
			if (e + 1 === len) str += ".";
			str += getZeroString(k);
		}
	}
	return str;
}
function getBase10Exponent(digits, e) {
	var w = digits[0];
	for (e *= LOG_BASE; w >= 10; w /= 10) e++;
	return e;
}
function getLn10(Ctor, sd, pr) {
	if (sd > LN10_PRECISION) {
		external = true;
		if (pr) Ctor.precision = pr;
		throw Error(precisionLimitExceeded);
	}
	return finalise(new Ctor(LN10), sd, 1, true);
}
function getPi(Ctor, sd, rm) {
	if (sd > PI_PRECISION) throw Error(precisionLimitExceeded);
	return finalise(new Ctor(PI), sd, rm, true);
}
function getPrecision(digits) {
	var w = digits.length - 1, len = w * LOG_BASE + 1;
	w = digits[w];
	if (w) {
		for (; w % 10 == 0; w /= 10) len--;
		for (w = digits[0]; w >= 10; w /= 10) len++;
	}
	return len;
}
function getZeroString(k) {
	var zs = "";
	for (; k--;) zs += "0";
	return zs;
}
function intPow(Ctor, x, n, pr) {
	var isTruncated, r = new Ctor(1), k = Math.ceil(pr / LOG_BASE + 4);
	external = false;
	for (;;) {
		if (n % 2) {
			r = r.times(x);
			if (truncate(r.d, k)) isTruncated = true;
		}
		n = mathfloor(n / 2);
		if (n === 0) {
			n = r.d.length - 1;
			if (isTruncated && r.d[n] === 0) ++r.d[n];
			break;
		}
		x = x.times(x);
		truncate(x.d, k);
	}
	external = true;
	return r;
}
function isOdd(n) {
	return n.d[n.d.length - 1] & 1;
}
function maxOrMin(Ctor, args, n) {
	var k, y, x = new Ctor(args[0]), i = 0;
	for (; ++i < args.length;) {
		y = new Ctor(args[i]);
		if (!y.s) {
			x = y;
			break;
		}
		k = x.cmp(y);
		if (k === n || k === 0 && x.s === n) x = y;
	}
	return x;
}
function naturalExponential(x, sd) {
	var denominator, guard, j, pow, sum, t, wpr, rep = 0, i = 0, k = 0, Ctor = x.constructor, rm = Ctor.rounding, pr = Ctor.precision;
	if (!x.d || !x.d[0] || x.e > 17) return new Ctor(x.d ? !x.d[0] ? 1 : x.s < 0 ? 0 : 1 / 0 : x.s ? x.s < 0 ? 0 : x : NaN);
	if (sd == null) {
		external = false;
		wpr = pr;
	} else wpr = sd;
	t = new Ctor(.03125);
	while (x.e > -2) {
		x = x.times(t);
		k += 5;
	}
	guard = Math.log(mathpow(2, k)) / Math.LN10 * 2 + 5 | 0;
	wpr += guard;
	denominator = pow = sum = new Ctor(1);
	Ctor.precision = wpr;
	for (;;) {
		pow = finalise(pow.times(x), wpr, 1);
		denominator = denominator.times(++i);
		t = sum.plus(divide(pow, denominator, wpr, 1));
		if (digitsToString(t.d).slice(0, wpr) === digitsToString(sum.d).slice(0, wpr)) {
			j = k;
			while (j--) sum = finalise(sum.times(sum), wpr, 1);
			if (sd == null) {
				if (rep < 3 && checkRoundingDigits(sum.d, wpr - guard, rm, rep)) {
					Ctor.precision = wpr += 10;
					denominator = pow = t = new Ctor(1);
					i = 0;
					rep++;
				} else return finalise(sum, Ctor.precision = pr, rm, external = true);
			} else {
				Ctor.precision = pr;
				return sum;
			}
		}
		sum = t;
	}
}
function naturalLogarithm(y, sd) {
	var c, c0, denominator, e, numerator, rep, sum, t, wpr, x1, x2, n = 1, guard = 10, x = y, xd = x.d, Ctor = x.constructor, rm = Ctor.rounding, pr = Ctor.precision;
	if (x.s < 0 || !xd || !xd[0] || !x.e && xd[0] == 1 && xd.length == 1) return new Ctor(xd && !xd[0] ? -1 / 0 : x.s != 1 ? NaN : xd ? 0 : x);
	if (sd == null) {
		external = false;
		wpr = pr;
	} else wpr = sd;
	Ctor.precision = wpr += guard;
	c = digitsToString(xd);
	c0 = c.charAt(0);
	if (Math.abs(e = x.e) < 0x5543df729c000) {
		while (c0 < 7 && c0 != 1 || c0 == 1 && c.charAt(1) > 3) {
			x = x.times(y);
			c = digitsToString(x.d);
			c0 = c.charAt(0);
			n++;
		}
		e = x.e;
		if (c0 > 1) {
			x = new Ctor("0." + c);
			e++;
		} else x = new Ctor(c0 + "." + c.slice(1));
	} else {
		t = getLn10(Ctor, wpr + 2, pr).times(e + "");
		x = naturalLogarithm(new Ctor(c0 + "." + c.slice(1)), wpr - guard).plus(t);
		Ctor.precision = pr;
		return sd == null ? finalise(x, pr, rm, external = true) : x;
	}
	x1 = x;
	sum = numerator = x = divide(x.minus(1), x.plus(1), wpr, 1);
	x2 = finalise(x.times(x), wpr, 1);
	denominator = 3;
	for (;;) {
		numerator = finalise(numerator.times(x2), wpr, 1);
		t = sum.plus(divide(numerator, new Ctor(denominator), wpr, 1));
		if (digitsToString(t.d).slice(0, wpr) === digitsToString(sum.d).slice(0, wpr)) {
			sum = sum.times(2);
			if (e !== 0) sum = sum.plus(getLn10(Ctor, wpr + 2, pr).times(e + ""));
			sum = divide(sum, new Ctor(n), wpr, 1);
			if (sd == null) {
				if (checkRoundingDigits(sum.d, wpr - guard, rm, rep)) {
					Ctor.precision = wpr += guard;
					t = numerator = x = divide(x1.minus(1), x1.plus(1), wpr, 1);
					x2 = finalise(x.times(x), wpr, 1);
					denominator = rep = 1;
				} else return finalise(sum, Ctor.precision = pr, rm, external = true);
			} else {
				Ctor.precision = pr;
				return sum;
			}
		}
		sum = t;
		denominator += 2;
	}
}
function nonFiniteToString(x) {
	return String(x.s * x.s / 0);
}
function parseDecimal(x, str) {
	var e, i, len;
	if ((e = str.indexOf(".")) > -1) str = str.replace(".", "");
	if ((i = str.search(/e/i)) > 0) {
		if (e < 0) e = i;
		e += +str.slice(i + 1);
		str = str.substring(0, i);
	} else if (e < 0) e = str.length;
	for (i = 0; str.charCodeAt(i) === 48; i++);
	for (len = str.length; str.charCodeAt(len - 1) === 48; --len);
	str = str.slice(i, len);
	if (str) {
		len -= i;
		x.e = e = e - i - 1;
		x.d = [];
		i = (e + 1) % LOG_BASE;
		if (e < 0) i += LOG_BASE;
		if (i < len) {
			if (i) x.d.push(+str.slice(0, i));
			for (len -= LOG_BASE; i < len;) x.d.push(+str.slice(i, i += LOG_BASE));
			str = str.slice(i);
			i = LOG_BASE - str.length;
		} else i -= len;
		for (; i--;) str += "0";
		x.d.push(+str);
		if (external) {
			if (x.e > x.constructor.maxE) {
				x.d = null;
				x.e = NaN;
			} else if (x.e < x.constructor.minE) {
				x.e = 0;
				x.d = [0];
			}
		}
	} else {
		x.e = 0;
		x.d = [0];
	}
	return x;
}
function parseOther(x, str) {
	var base, Ctor, divisor, i, isFloat, len, p, xd, xe;
	if (str.indexOf("_") > -1) {
		str = str.replace(/(\d)_(?=\d)/g, "$1");
		if (isDecimal.test(str)) return parseDecimal(x, str);
	} else if (str === "Infinity" || str === "NaN") {
		if (!+str) x.s = NaN;
		x.e = NaN;
		x.d = null;
		return x;
	}
	if (isHex.test(str)) {
		base = 16;
		str = str.toLowerCase();
	} else if (isBinary.test(str)) base = 2;
	else if (isOctal.test(str)) base = 8;
	else throw Error(invalidArgument + str);
	i = str.search(/p/i);
	if (i > 0) {
		p = +str.slice(i + 1);
		str = str.substring(2, i);
	} else str = str.slice(2);
	i = str.indexOf(".");
	isFloat = i >= 0;
	Ctor = x.constructor;
	if (isFloat) {
		str = str.replace(".", "");
		len = str.length;
		i = len - i;
		divisor = intPow(Ctor, new Ctor(base), i, i * 2);
	}
	xd = convertBase(str, base, BASE$1);
	xe = xd.length - 1;
	for (i = xe; xd[i] === 0; --i) xd.pop();
	if (i < 0) return new Ctor(x.s * 0);
	x.e = getBase10Exponent(xd, xe);
	x.d = xd;
	external = false;
	if (isFloat) x = divide(x, divisor, len * 4);
	if (p) x = x.times(Math.abs(p) < 54 ? mathpow(2, p) : Decimal$1.pow(2, p));
	external = true;
	return x;
}
function sine(Ctor, x) {
	var k, len = x.d.length;
	if (len < 3) return x.isZero() ? x : taylorSeries(Ctor, 2, x, x);
	k = 1.4 * Math.sqrt(len);
	k = k > 16 ? 16 : k | 0;
	x = x.times(1 / tinyPow(5, k));
	x = taylorSeries(Ctor, 2, x, x);
	var sin2_x, d5 = new Ctor(5), d16 = new Ctor(16), d20 = new Ctor(20);
	for (; k--;) {
		sin2_x = x.times(x);
		x = x.times(d5.plus(sin2_x.times(d16.times(sin2_x).minus(d20))));
	}
	return x;
}
function taylorSeries(Ctor, n, x, y, isHyperbolic) {
	var j, t, u, x2, i = 1, pr = Ctor.precision, k = Math.ceil(pr / LOG_BASE);
	external = false;
	x2 = x.times(x);
	u = new Ctor(y);
	for (;;) {
		t = divide(u.times(x2), new Ctor(n++ * n++), pr, 1);
		u = isHyperbolic ? y.plus(t) : y.minus(t);
		y = divide(t.times(x2), new Ctor(n++ * n++), pr, 1);
		t = u.plus(y);
		if (t.d[k] !== void 0) {
			for (j = k; t.d[j] === u.d[j] && j--;);
			if (j == -1) break;
		}
		j = u;
		u = y;
		y = t;
		t = j;
		i++;
	}
	external = true;
	t.d.length = k + 1;
	return t;
}
function tinyPow(b, e) {
	var n = b;
	while (--e) n *= b;
	return n;
}
function toLessThanHalfPi(Ctor, x) {
	var t, isNeg = x.s < 0, pi = getPi(Ctor, Ctor.precision, 1), halfPi = pi.times(.5);
	x = x.abs();
	if (x.lte(halfPi)) {
		quadrant = isNeg ? 4 : 1;
		return x;
	}
	t = x.divToInt(pi);
	if (t.isZero()) quadrant = isNeg ? 3 : 2;
	else {
		x = x.minus(t.times(pi));
		if (x.lte(halfPi)) {
			quadrant = isOdd(t) ? isNeg ? 2 : 3 : isNeg ? 4 : 1;
			return x;
		}
		quadrant = isOdd(t) ? isNeg ? 1 : 4 : isNeg ? 3 : 2;
	}
	return x.minus(pi).abs();
}
function toStringBinary(x, baseOut, sd, rm) {
	var base, e, i, k, len, roundUp, str, xd, y, Ctor = x.constructor, isExp = sd !== void 0;
	if (isExp) {
		checkInt32(sd, 1, MAX_DIGITS);
		if (rm === void 0) rm = Ctor.rounding;
		else checkInt32(rm, 0, 8);
	} else {
		sd = Ctor.precision;
		rm = Ctor.rounding;
	}
	if (!x.isFinite()) str = nonFiniteToString(x);
	else {
		str = finiteToString(x);
		i = str.indexOf(".");
		if (isExp) {
			base = 2;
			if (baseOut == 16) sd = sd * 4 - 3;
			else if (baseOut == 8) sd = sd * 3 - 2;
		} else base = baseOut;
		if (i >= 0) {
			str = str.replace(".", "");
			y = new Ctor(1);
			y.e = str.length - i;
			y.d = convertBase(finiteToString(y), 10, base);
			y.e = y.d.length;
		}
		xd = convertBase(str, 10, base);
		e = len = xd.length;
		for (; xd[--len] == 0;) xd.pop();
		if (!xd[0]) str = isExp ? "0p+0" : "0";
		else {
			if (i < 0) e--;
			else {
				x = new Ctor(x);
				x.d = xd;
				x.e = e;
				x = divide(x, y, sd, rm, 0, base);
				xd = x.d;
				e = x.e;
				roundUp = inexact;
			}
			i = xd[sd];
			k = base / 2;
			roundUp = roundUp || xd[sd + 1] !== void 0;
			roundUp = rm < 4 ? (i !== void 0 || roundUp) && (rm === 0 || rm === (x.s < 0 ? 3 : 2)) : i > k || i === k && (rm === 4 || roundUp || rm === 6 && xd[sd - 1] & 1 || rm === (x.s < 0 ? 8 : 7));
			xd.length = sd;
			if (roundUp) for (; ++xd[--sd] > base - 1;) {
				xd[sd] = 0;
				if (!sd) {
					++e;
					xd.unshift(1);
				}
			}
			for (len = xd.length; !xd[len - 1]; --len);
			for (i = 0, str = ""; i < len; i++) str += NUMERALS.charAt(xd[i]);
			if (isExp) {
				if (len > 1) {
					if (baseOut == 16 || baseOut == 8) {
						i = baseOut == 16 ? 4 : 3;
						for (--len; len % i; len++) str += "0";
						xd = convertBase(str, base, baseOut);
						for (len = xd.length; !xd[len - 1]; --len);
						for (i = 1, str = "1."; i < len; i++) str += NUMERALS.charAt(xd[i]);
					} else str = str.charAt(0) + "." + str.slice(1);
				}
				str = str + (e < 0 ? "p" : "p+") + e;
			} else if (e < 0) {
				for (; ++e;) str = "0" + str;
				str = "0." + str;
			} else if (++e > len) for (e -= len; e--;) str += "0";
			else if (e < len) str = str.slice(0, e) + "." + str.slice(e);
		}
		str = (baseOut == 16 ? "0x" : baseOut == 2 ? "0b" : baseOut == 8 ? "0o" : "") + str;
	}
	return x.s < 0 ? "-" + str : str;
}
function truncate(arr, len) {
	if (arr.length > len) {
		arr.length = len;
		return true;
	}
}
function abs(x) {
	return new this(x).abs();
}
function acos(x) {
	return new this(x).acos();
}
function acosh(x) {
	return new this(x).acosh();
}
function add(x, y) {
	return new this(x).plus(y);
}
function asin(x) {
	return new this(x).asin();
}
function asinh(x) {
	return new this(x).asinh();
}
function atan(x) {
	return new this(x).atan();
}
function atanh(x) {
	return new this(x).atanh();
}
function atan2(y, x) {
	y = new this(y);
	x = new this(x);
	var r, pr = this.precision, rm = this.rounding, wpr = pr + 4;
	if (!y.s || !x.s) r = new this(NaN);
	else if (!y.d && !x.d) {
		r = getPi(this, wpr, 1).times(x.s > 0 ? .25 : .75);
		r.s = y.s;
	} else if (!x.d || y.isZero()) {
		r = x.s < 0 ? getPi(this, pr, rm) : new this(0);
		r.s = y.s;
	} else if (!y.d || x.isZero()) {
		r = getPi(this, wpr, 1).times(.5);
		r.s = y.s;
	} else if (x.s < 0) {
		this.precision = wpr;
		this.rounding = 1;
		r = this.atan(divide(y, x, wpr, 1));
		x = getPi(this, wpr, 1);
		this.precision = pr;
		this.rounding = rm;
		r = y.s < 0 ? r.minus(x) : r.plus(x);
	} else r = this.atan(divide(y, x, wpr, 1));
	return r;
}
function cbrt(x) {
	return new this(x).cbrt();
}
function ceil(x) {
	return finalise(x = new this(x), x.e + 1, 2);
}
function clamp(x, min, max) {
	return new this(x).clamp(min, max);
}
function config(obj) {
	if (!obj || typeof obj !== "object") throw Error(decimalError + "Object expected");
	var i, p, v, useDefaults = obj.defaults === true, ps = [
		"precision",
		1,
		MAX_DIGITS,
		"rounding",
		0,
		8,
		"toExpNeg",
		-EXP_LIMIT,
		0,
		"toExpPos",
		0,
		EXP_LIMIT,
		"maxE",
		0,
		EXP_LIMIT,
		"minE",
		-EXP_LIMIT,
		0,
		"modulo",
		0,
		9
	];
	for (i = 0; i < ps.length; i += 3) {
		if (p = ps[i], useDefaults) this[p] = DEFAULTS[p];
		if ((v = obj[p]) !== void 0) {
			if (mathfloor(v) === v && v >= ps[i + 1] && v <= ps[i + 2]) this[p] = v;
			else throw Error(invalidArgument + p + ": " + v);
		}
	}
	if (p = "crypto", useDefaults) this[p] = DEFAULTS[p];
	if ((v = obj[p]) !== void 0) {
		if (v === true || v === false || v === 0 || v === 1) {
			if (v) {
				if (typeof crypto != "undefined" && crypto && (crypto.getRandomValues || crypto.randomBytes)) this[p] = true;
				else throw Error(cryptoUnavailable);
			} else this[p] = false;
		} else throw Error(invalidArgument + p + ": " + v);
	}
	return this;
}
function cos(x) {
	return new this(x).cos();
}
function cosh(x) {
	return new this(x).cosh();
}
function clone(obj) {
	var i, p, ps;
	function Decimal(v) {
		var e, i, t, x = this;
		if (!(x instanceof Decimal)) return new Decimal(v);
		x.constructor = Decimal;
		if (isDecimalInstance(v)) {
			x.s = v.s;
			if (external) {
				if (!v.d || v.e > Decimal.maxE) {
					x.e = NaN;
					x.d = null;
				} else if (v.e < Decimal.minE) {
					x.e = 0;
					x.d = [0];
				} else {
					x.e = v.e;
					x.d = v.d.slice();
				}
			} else {
				x.e = v.e;
				x.d = v.d ? v.d.slice() : v.d;
			}
			return;
		}
		t = typeof v;
		if (t === "number") {
			if (v === 0) {
				x.s = 1 / v < 0 ? -1 : 1;
				x.e = 0;
				x.d = [0];
				return;
			}
			if (v < 0) {
				v = -v;
				x.s = -1;
			} else x.s = 1;
			if (v === ~~v && v < 1e7) {
				for (e = 0, i = v; i >= 10; i /= 10) e++;
				if (external) {
					if (e > Decimal.maxE) {
						x.e = NaN;
						x.d = null;
					} else if (e < Decimal.minE) {
						x.e = 0;
						x.d = [0];
					} else {
						x.e = e;
						x.d = [v];
					}
				} else {
					x.e = e;
					x.d = [v];
				}
				return;
			}
			if (v * 0 !== 0) {
				if (!v) x.s = NaN;
				x.e = NaN;
				x.d = null;
				return;
			}
			return parseDecimal(x, v.toString());
		}
		if (t === "string") {
			if ((i = v.charCodeAt(0)) === 45) {
				v = v.slice(1);
				x.s = -1;
			} else {
				if (i === 43) v = v.slice(1);
				x.s = 1;
			}
			return isDecimal.test(v) ? parseDecimal(x, v) : parseOther(x, v);
		}
		if (t === "bigint") {
			if (v < 0) {
				v = -v;
				x.s = -1;
			} else x.s = 1;
			return parseDecimal(x, v.toString());
		}
		throw Error(invalidArgument + v);
	}
	Decimal.prototype = P;
	Decimal.ROUND_UP = 0;
	Decimal.ROUND_DOWN = 1;
	Decimal.ROUND_CEIL = 2;
	Decimal.ROUND_FLOOR = 3;
	Decimal.ROUND_HALF_UP = 4;
	Decimal.ROUND_HALF_DOWN = 5;
	Decimal.ROUND_HALF_EVEN = 6;
	Decimal.ROUND_HALF_CEIL = 7;
	Decimal.ROUND_HALF_FLOOR = 8;
	Decimal.EUCLID = 9;
	Decimal.config = Decimal.set = config;
	Decimal.clone = clone;
	Decimal.isDecimal = isDecimalInstance;
	Decimal.abs = abs;
	Decimal.acos = acos;
	Decimal.acosh = acosh;
	Decimal.add = add;
	Decimal.asin = asin;
	Decimal.asinh = asinh;
	Decimal.atan = atan;
	Decimal.atanh = atanh;
	Decimal.atan2 = atan2;
	Decimal.cbrt = cbrt;
	Decimal.ceil = ceil;
	Decimal.clamp = clamp;
	Decimal.cos = cos;
	Decimal.cosh = cosh;
	Decimal.div = div;
	Decimal.exp = exp;
	Decimal.floor = floor;
	Decimal.hypot = hypot;
	Decimal.ln = ln;
	Decimal.log = log;
	Decimal.log10 = log10;
	Decimal.log2 = log2;
	Decimal.max = max;
	Decimal.min = min;
	Decimal.mod = mod;
	Decimal.mul = mul;
	Decimal.pow = pow;
	Decimal.random = random;
	Decimal.round = round;
	Decimal.sign = sign$1;
	Decimal.sin = sin;
	Decimal.sinh = sinh;
	Decimal.sqrt = sqrt;
	Decimal.sub = sub;
	Decimal.sum = sum$1;
	Decimal.tan = tan;
	Decimal.tanh = tanh;
	Decimal.trunc = trunc;
	if (obj === void 0) obj = {};
	if (obj) {
		if (obj.defaults !== true) {
			ps = [
				"precision",
				"rounding",
				"toExpNeg",
				"toExpPos",
				"maxE",
				"minE",
				"modulo",
				"crypto"
			];
			for (i = 0; i < ps.length;) if (!obj.hasOwnProperty(p = ps[i++])) obj[p] = this[p];
		}
	}
	Decimal.config(obj);
	return Decimal;
}
function div(x, y) {
	return new this(x).div(y);
}
function exp(x) {
	return new this(x).exp();
}
function floor(x) {
	return finalise(x = new this(x), x.e + 1, 3);
}
function hypot() {
	var i, n, t = new this(0);
	external = false;
	for (i = 0; i < arguments.length;) {
		n = new this(arguments[i++]);
		if (!n.d) {
			if (n.s) {
				external = true;
				return new this(1 / 0);
			}
			t = n;
		} else if (t.d) t = t.plus(n.times(n));
	}
	external = true;
	return t.sqrt();
}
function isDecimalInstance(obj) {
	return obj instanceof Decimal$1 || obj && obj.toStringTag === tag || false;
}
function ln(x) {
	return new this(x).ln();
}
function log(x, y) {
	return new this(x).log(y);
}
function log2(x) {
	return new this(x).log(2);
}
function log10(x) {
	return new this(x).log(10);
}
function max() {
	return maxOrMin(this, arguments, -1);
}
function min() {
	return maxOrMin(this, arguments, 1);
}
function mod(x, y) {
	return new this(x).mod(y);
}
function mul(x, y) {
	return new this(x).mul(y);
}
function pow(x, y) {
	return new this(x).pow(y);
}
function random(sd) {
	var d, e, k, n, i = 0, r = new this(1), rd = [];
	if (sd === void 0) sd = this.precision;
	else checkInt32(sd, 1, MAX_DIGITS);
	k = Math.ceil(sd / LOG_BASE);
	if (!this.crypto) for (; i < k;) rd[i++] = Math.random() * 1e7 | 0;
	else if (crypto.getRandomValues) {
		d = crypto.getRandomValues(new Uint32Array(k));
		for (; i < k;) {
			n = d[i];
			if (n >= 429e7) d[i] = crypto.getRandomValues(/* @__PURE__ */ new Uint32Array(1))[0];
			else rd[i++] = n % 1e7;
		}
	} else if (crypto.randomBytes) {
		d = crypto.randomBytes(k *= 4);
		for (; i < k;) {
			n = d[i] + (d[i + 1] << 8) + (d[i + 2] << 16) + ((d[i + 3] & 127) << 24);
			if (n >= 214e7) crypto.randomBytes(4).copy(d, i);
			else {
				rd.push(n % 1e7);
				i += 4;
			}
		}
		i = k / 4;
	} else throw Error(cryptoUnavailable);
	k = rd[--i];
	sd %= LOG_BASE;
	if (k && sd) {
		n = mathpow(10, LOG_BASE - sd);
		rd[i] = (k / n | 0) * n;
	}
	for (; rd[i] === 0; i--) rd.pop();
	if (i < 0) {
		e = 0;
		rd = [0];
	} else {
		e = -1;
		for (; rd[0] === 0; e -= LOG_BASE) rd.shift();
		for (k = 1, n = rd[0]; n >= 10; n /= 10) k++;
		if (k < LOG_BASE) e -= LOG_BASE - k;
	}
	r.e = e;
	r.d = rd;
	return r;
}
function round(x) {
	return finalise(x = new this(x), x.e + 1, this.rounding);
}
function sign$1(x) {
	x = new this(x);
	return x.d ? x.d[0] ? x.s : 0 * x.s : x.s || NaN;
}
function sin(x) {
	return new this(x).sin();
}
function sinh(x) {
	return new this(x).sinh();
}
function sqrt(x) {
	return new this(x).sqrt();
}
function sub(x, y) {
	return new this(x).sub(y);
}
function sum$1() {
	var i = 0, args = arguments, x = new this(args[i]);
	external = false;
	for (; x.s && ++i < args.length;) x = x.plus(args[i]);
	external = true;
	return finalise(x, this.precision, this.rounding);
}
function tan(x) {
	return new this(x).tan();
}
function tanh(x) {
	return new this(x).tanh();
}
function trunc(x) {
	return finalise(x = new this(x), x.e + 1, 1);
}
P[Symbol.for("nodejs.util.inspect.custom")] = P.toString;
P[Symbol.toStringTag] = "Decimal";
var Decimal$1 = P.constructor = clone(DEFAULTS);
LN10 = new Decimal$1(LN10);
PI = new Decimal$1(PI);

const Decimal = Decimal$1.clone({
	precision: 60,
	rounding: Decimal$1.ROUND_HALF_UP,
	toExpNeg: -60,
	toExpPos: 60
});
const SHOWN_DECIMALS = 2;
const EXACT_DECIMALS = 8;
const ZERO = new Decimal(0);
const decimal = (value) => new Decimal(value);
const rounded = (value, decimals = SHOWN_DECIMALS) => value.toDecimalPlaces(decimals, Decimal$1.ROUND_HALF_UP);
function fixed(value, decimals = SHOWN_DECIMALS) {
	const short = rounded(value, decimals);
	return (short.isZero() ? ZERO : short).toFixed(decimals);
}
const exact = (value) => {
	const short = rounded(value, 8);
	return (short.isZero() ? ZERO : short).toFixed();
};
const sum = (values) => values.reduce((total, value) => total.plus(value), ZERO);
function mean(values) {
	if (values.length === 0) throw new RangeError("mean of no values");
	return sum(values).div(values.length);
}
const ascending = (a, b) => a.comparedTo(b);

const expertsMin = (members, share) => Math.ceil(members * share.num / share.den);
function membersMin(rules, { facts, waterWorks }) {
	const { committeeMin, committeeLarge, committeeWaterWorks } = rules.thresholds;
	const isLarge = facts !== void 0 && (facts.isComplex || facts.hasSocialImpact || isAtLeast(facts.budget, committeeLarge?.budget));
	const large = committeeLarge !== null && isLarge ? committeeLarge.members : 0;
	return Math.max(committeeMin, large, waterWorks === true && committeeWaterWorks !== null ? committeeWaterWorks : 0);
}
const isAtLeast = (budget, bar) => budget !== null && bar !== void 0 && decimal(budget).gte(bar);
function compositionFault(rules, composition) {
	const { members, representatives } = composition;
	if (members < membersMin(rules, composition)) return "E_COMMITTEE_SIZE";
	if (members % 2 === 0) return "E_COMMITTEE_EVEN";
	if (members - representatives < expertsMin(members, rules.thresholds.expertShare)) return "E_EXPERT_RATIO";
	return null;
}

function need(value) {
	if (value === void 0) throw new RangeError("a value that must be there is not");
	return value;
}

const awardMethod = (spec) => ({
	...spec,
	committeeSize: (rule) => spec.committeeSize(spec.schema.parse(rule))
});

function tally(candidates, ballots, members) {
	const rows = candidates.map((candidate) => ({
		candidate,
		count: ballots.filter((choice) => choice === candidate).length
	}));
	const votes = Object.fromEntries(rows.map(({ candidate, count }) => [candidate, count]));
	const winner = rows.find(({ count }) => count * 2 > members);
	if (winner !== void 0) return {
		votes,
		outcome: { winner: winner.candidate }
	};
	const second = rows.map(({ count }) => count).sort((a, b) => b - a)[1] ?? 0;
	return {
		votes,
		outcome: { runOff: rows.filter(({ count }) => count >= second).map(({ candidate }) => candidate) }
	};
}

const directVoteMethod = awardMethod({
	kind: "direct-vote",
	schema: strictObject({
		kind: literal("direct-vote"),
		members: int().min(5).max(51)
	}),
	tally,
	committeeSize: ({ members }) => members
});

const rankOneMethod = awardMethod({
	kind: "rank-1",
	schema: strictObject({ kind: literal("rank-1") }),
	committeeSize: () => 0
});

const AWARD_METHODS = [rankOneMethod, directVoteMethod];
const [firstMethod$1, ...otherMethods$1] = AWARD_METHODS;
const zAwardRule = discriminatedUnion("kind", [firstMethod$1.schema, ...otherMethods$1.map(({ schema }) => schema)]);
const AWARD_KINDS = AWARD_METHODS.map(({ kind }) => kind);
const awardMethodOf = ({ kind }) => need(AWARD_METHODS.find((method) => method.kind === kind));

const zPositive = zDecimal.refine((text) => /[1-9]/.test(text) && !text.startsWith("-"), "not positive");
const zNotNegative = zDecimal.refine((text) => !text.startsWith("-"), "negative");

const priceMethod = (spec) => ({
	kind: spec.kind,
	lawfulUnder: spec.lawfulUnder,
	schema: spec.schema,
	preference: spec.preference,
	fullMarks: (rule) => spec.fullMarks(spec.schema.parse(rule)),
	fault: (rule) => spec.fault?.(spec.schema.parse(rule)) ?? null,
	coefficient: (rule) => spec.coefficient(spec.schema.parse(rule)),
	score: (rule, input) => spec.score(spec.schema.parse(rule), input)
});

function trim(values, { low, high }) {
	const order = values.map((_, index) => index).sort((a, b) => ascending(need(values[a]), need(values[b])) || a - b);
	if (low + high >= order.length) return {
		kept: values.map((_, index) => index),
		dropped: []
	};
	const dropped = /* @__PURE__ */ new Set([...order.slice(0, low), ...order.slice(order.length - high)]);
	const indexes = values.map((_, index) => index);
	return {
		kept: indexes.filter((index) => !dropped.has(index)),
		dropped: indexes.filter((index) => dropped.has(index))
	};
}
function trimFor(table, n) {
	return table.find((row) => row.below === null || n < row.below) ?? {
		low: 0,
		high: 0
	};
}

const HUNDRED$1 = decimal(100);
function benchmark(prices, table, k) {
	const by = trimFor(table, prices.length);
	const { kept, dropped } = trim(prices, by);
	const average = mean(kept.map((index) => need(prices[index])));
	return {
		kept,
		dropped,
		trim: by,
		mean: average,
		k,
		price: average.times(k)
	};
}
function deviation(price, benchmarkPrice, decimals) {
	const beta = price.minus(benchmarkPrice).div(benchmarkPrice).times(HUNDRED$1);
	return decimals === null ? beta : rounded(beta, decimals);
}
function deviationScore(beta, rule) {
	const full = decimal(rule.full);
	const score = full.minus(beta.abs().times(beta.isNegative() ? rule.e2 : rule.e1));
	return Decimal.max(Decimal.min(score, full), rule.floor);
}
function trimFault(table) {
	let fewest = 1;
	for (const [index, { below, low, high }] of table.entries()) {
		if (below === null && index < table.length - 1) return `trim.${index + 1}: comes after the row for all other numbers`;
		if (below !== null && below <= fewest) return `trim.${index}.below: not above ${fewest}`;
		if (low + high >= fewest) return `trim.${index}: drops ${low + high} of ${fewest} prices and leaves none`;
		fewest = below ?? fewest;
	}
	return null;
}

const zRule = strictObject({
	kind: literal("benchmark-deviation"),
	full: zPositive,
	floor: zNotNegative,
	e1: zNotNegative,
	e2: zNotNegative,
	betaDecimals: int().min(0).max(6).nullable(),
	trim: array(strictObject({
		below: int().positive().nullable(),
		low: int().min(0),
		high: int().min(0)
	})).min(1),
	k: union([strictObject({ fixed: zPositive }), strictObject({ drawn: array(zPositive).min(2).max(50) })])
});
const benchmarkDeviationMethod = priceMethod({
	kind: "benchmark-deviation",
	lawfulUnder: ["TENDER_LAW"],
	schema: zRule,
	fullMarks: ({ full }) => full,
	preference: "bonus",
	fault: ({ full, floor, trim }) => decimal(floor).gt(full) ? `floor: above the full marks of ${full}` : trimFault(trim),
	coefficient: ({ k }) => k,
	score: (rule, { bids, quotes, k: drawn }) => {
		const k = decimal("fixed" in rule.k ? rule.k.fixed : drawn ?? "1");
		const base = benchmark(quotes.map(({ price }) => decimal(price)), rule.trim, k);
		return {
			benchmark: {
				set: quotes.map(({ party, price }) => ({
					party,
					price
				})),
				dropped: base.dropped.map((index) => need(quotes[index]).party),
				mean: fixed(base.mean),
				k: k.toFixed(),
				price: fixed(base.price),
				exact: exact(base.price)
			},
			of: bids.map(({ evaluated }) => {
				const beta = deviation(evaluated, base.price, rule.betaDecimals);
				return {
					score: deviationScore(beta, rule),
					beta: fixed(beta, rule.betaDecimals ?? 8)
				};
			})
		};
	}
});

const fixedPriceMethod = priceMethod({
	kind: "fixed-price",
	lawfulUnder: ["GOV_PROCUREMENT"],
	schema: strictObject({ kind: literal("fixed-price") }),
	fullMarks: () => "0",
	preference: "none",
	coefficient: () => null,
	score: (_rule, { bids }) => ({
		benchmark: null,
		of: bids.map(() => ({
			score: decimal(0),
			beta: null
		}))
	})
});

function lowPriceFirst(price, lowest, weight) {
	return lowest.div(price).times(weight);
}

const lowPriceFirstMethod = priceMethod({
	kind: "low-price-first",
	lawfulUnder: ["TENDER_LAW", "GOV_PROCUREMENT"],
	schema: strictObject({
		kind: literal("low-price-first"),
		weight: zPositive
	}),
	fullMarks: ({ weight }) => weight,
	preference: "deduction",
	coefficient: () => null,
	score: ({ weight }, { bids }) => {
		const lowest = bids.map(({ evaluated }) => evaluated).reduce((low, price) => price.lt(low) ? price : low);
		return {
			benchmark: null,
			of: bids.map(({ evaluated }) => ({
				score: lowPriceFirst(evaluated, lowest, decimal(weight)),
				beta: null
			}))
		};
	}
});

const PRICE_METHODS = [
	lowPriceFirstMethod,
	benchmarkDeviationMethod,
	fixedPriceMethod
];
const [firstMethod, ...otherMethods] = PRICE_METHODS;
const zPriceRule = discriminatedUnion("kind", [firstMethod.schema, ...otherMethods.map(({ schema }) => schema)]);
const lawfulKinds = (regime) => PRICE_METHODS.filter(({ lawfulUnder }) => lawfulUnder.includes(regime)).map(({ kind }) => kind).sort();
const priceMethodOf = ({ kind }) => need(PRICE_METHODS.find((method) => method.kind === kind));

const BLIND_FONTS = [
	"song",
	"fangsong",
	"hei",
	"kai",
	"times"
];
const BLIND_PAPERS = {
	A4: {
		width: 210,
		height: 297
	},
	A3: {
		width: 297,
		height: 420
	}
};
const zMillimetres = zDecimal.refine((text) => !text.startsWith("-") && Number(text) <= 200, "not 0 to 200 millimetres");
const zPoints = zDecimal.refine((text) => Number(text) > 0 && Number(text) <= 72, "not above 0 and up to 72 points");
const zBlindFormat = strictObject({
	breach: _enum(["refuse", "warn"]),
	paper: _enum(["A4", "A3"]).nullable(),
	pagesMax: int().min(1).max(5e3).nullable(),
	margins: strictObject({
		top: zMillimetres,
		bottom: zMillimetres,
		left: zMillimetres,
		right: zMillimetres,
		tolerance: zMillimetres
	}).nullable(),
	fonts: array(_enum(BLIND_FONTS)).max(BLIND_FONTS.length),
	sizes: array(zPoints).max(10),
	isPlain: boolean(),
	isBlack: boolean(),
	withoutPictures: boolean(),
	isUnnamed: boolean(),
	withoutMetadata: boolean()
});

const fault = (code, message) => ({
	code,
	message
});
const rulesFault = (state, rules, ruleSet) => rulesFaults(state, rules, ruleSet)[0] ?? null;
const rulesFaults = ({ setup: { projectType } }, rules, ruleSet) => [
	methodFault(rules, ruleSet, projectType),
	awardFault(rules, ruleSet),
	moneyFault(rules, ruleSet),
	bidSecurityFault(rules, ruleSet, projectType),
	preferencesFault(rules, ruleSet.preferences[purchaseOf(projectType)]),
	itemsFault(rules),
	blindFault(rules),
	committeeFault(rules, ruleSet, projectType),
	formFault(rules)
].flatMap((found) => found ?? []);
function formFault({ openingForm }) {
	if (openingForm === void 0) return null;
	const fields = openingForm.columns.map(({ field }) => field);
	if (new Set(fields).size !== fields.length) return fault("E_INPUT", "rules.openingForm.columns: a field stands there twice");
	return fields.includes("price") ? null : fault("E_INPUT", "rules.openingForm.columns: the price is missing");
}
const purchaseOf = (projectType) => projectType === "goods" || projectType === "services" ? projectType : "works";
function methodFault(rules, ruleSet, projectType) {
	if (!ruleSet.methods.includes(rules.method)) return fault("E_INPUT", `rules.method: ${rules.method} is not lawful here`);
	if (!ruleSet.priceRules.includes(rules.price.kind)) return fault("E_INPUT", `rules.price: ${rules.price.kind} is not lawful here`);
	const wrong = priceMethodOf(rules.price).fault(rules.price);
	if (wrong !== null) return fault("E_INPUT", `rules.price.${wrong}`);
	if (awardMethodOf(rules.award).tally !== void 0 && !ruleSet.separationAllowed) return fault("E_SEPARATION_NOT_ALLOWED", "national law knows no separation of evaluation and award here");
	if (rules.coreProduct !== void 0 && ruleSet.regime !== "GOV_PROCUREMENT") return fault("E_INPUT", "rules.coreProduct: one brand counts as one bidder in procurement only (87号令 31)");
	if (rules.candidates > ruleSet.thresholds.candidatesMax) return fault("E_INPUT", "rules.candidates: more than three");
	const ties = [...ruleSet.ties, ...rules.ties];
	const twice = ties.find((tie, index) => ties.indexOf(tie) !== index);
	if (twice !== void 0) return fault("E_INPUT", `rules.ties: ${twice} decides once; the law begins with ${ruleSet.ties.join(", ") || "none"}`);
	const floor = ruleSet.thresholds.priceWeightMin?.[projectType === "services" ? "services" : "goods"];
	if (floor !== void 0 && priceMethodOf(rules.price).preference !== "none" && pricePoints$1(rules).lt(floor)) return fault("E_INPUT", `rules.price.weight: at least ${floor}`);
	return null;
}
function awardFault({ award, candidates, performanceSecurity }, { thresholds }) {
	if (performanceSecurity !== void 0 && decimal(performanceSecurity.percent).gt(thresholds.performanceSecurityPercentMax)) return fault("E_INPUT", `rules.performanceSecurity.percent: more than ${thresholds.performanceSecurityPercentMax}`);
	const method = awardMethodOf(award);
	if (method.tally === void 0) return null;
	const members = method.committeeSize(award);
	if (members < thresholds.awardCommitteeMin) return fault("E_COMMITTEE_SIZE", `rules.award: at least ${thresholds.awardCommitteeMin} members`);
	if (members % 2 === 0) return fault("E_COMMITTEE_EVEN", "rules.award: an award committee has an odd number of members");
	return candidates < 2 ? fault("E_INPUT", "rules.candidates: a vote needs two candidates at least") : null;
}
const pricePoints$1 = ({ price }) => decimal(priceMethodOf(price).fullMarks(price));
function moneyFault({ ceiling, facts: { budget } }, { regime }) {
	if (decimal(ceiling).lte(0)) return fault("E_INPUT", "rules.ceiling: not positive");
	if (budget === null) return regime === "GOV_PROCUREMENT" ? fault("E_INPUT", "rules.facts.budget: a procurement names its budget") : null;
	return decimal(ceiling).gt(budget) ? fault("E_INPUT", `rules.ceiling: above the budget of ${budget}`) : null;
}
function bidSecurityFault({ bidSecurity, ceiling, facts: { budget } }, { regime, thresholds: { bidSecurityPercentMax: percent, worksSecurityMax } }, projectType) {
	if (bidSecurity === void 0) return null;
	if (percent === null) return fault("E_INPUT", "rules.bidSecurity: not known to the rules that this lot was published under");
	if (new Set(bidSecurity.forms).size !== bidSecurity.forms.length) return fault("E_INPUT", "rules.bidSecurity.forms: one is named twice");
	const amount = decimal(bidSecurity.amount);
	const base = budget ?? ceiling;
	const most = decimal(base).times(percent).div(100);
	const article = regime === "GOV_PROCUREMENT" ? "政府采购法实施条例 33" : "招标投标法实施条例 26";
	if (amount.gt(most)) return fault("E_INPUT", `rules.bidSecurity.amount: more than ${most.toFixed()}, ${percent} % of ${base} (${article})`);
	if (worksSecurityMax === null || purchaseOf(projectType) !== "works" || amount.lte(worksSecurityMax)) return null;
	return fault("E_INPUT", `rules.bidSecurity.amount: more than ${worksSecurityMax} for works (工程建设项目施工招标投标办法 37)`);
}
function preferencesFault({ deductions, facts, price }, { smallMicro, smallPartner, domestic }) {
	const given = deductions ?? {
		smallMicro: "0",
		domestic: "0"
	};
	const { preference } = priceMethodOf(price);
	const isNeedless = facts.isReserved ? " in a reserved lot" : preference === "none" ? " where the price is no factor" : null;
	const small = preferenceFault(given.smallMicro, isNeedless === null ? smallMicro : null);
	if (small !== null) return fault("E_INPUT", `rules.deductions.smallMicro: ${small}${isNeedless ?? ""}`);
	const partner = preferenceFault(given.smallPartner ?? "0", isNeedless === null ? smallPartner : null);
	if (partner !== null) return fault("E_INPUT", `rules.deductions.smallPartner: ${partner}${isNeedless ?? ""}`);
	const isDeducted = preference === "deduction";
	const home = preferenceFault(given.domestic, isDeducted ? domestic : null);
	if (home !== null) return fault("E_INPUT", `rules.deductions.domestic: ${home}${isDeducted ? "" : `: ${price.kind} ${preference === "bonus" ? "measures quoted prices" : "gives no points"}`}`);
	if (decimal(given.smallMicro).plus(given.domestic).gte(100)) return fault("E_INPUT", "rules.deductions: nothing is left of a price");
	return null;
}
function preferenceFault(rate, bounds) {
	const value = decimal(rate);
	if (bounds === null) return value.isZero() ? null : "no rate is lawful";
	if (value.isZero() && !bounds.isOwed) return null;
	return value.gte(bounds.min) && value.lte(bounds.max) ? null : `${bounds.min} to ${bounds.max} percent`;
}
const STEP_DECIMALS_MAX = 2;
function itemsFault(rules) {
	const ids = [...rules.review, ...rules.items].map(({ id }) => id);
	if (new Set(ids).size !== ids.length) return fault("E_INPUT", "rules.items: an id is used twice");
	for (const item of rules.items) {
		const wrong = itemFault(item);
		if (wrong !== null) return fault("E_INPUT", `rules.items.${item.id}: ${wrong}`);
	}
	const points = sum(rules.items.map(({ max }) => decimal(max))).plus(pricePoints$1(rules));
	return points.eq(100) ? null : fault("E_INPUT", `rules: the points add to ${points.toFixed()}, not to 100`);
}
function blindFault({ blindFormat, items }) {
	if (blindFormat === void 0) return null;
	if (!items.some(({ part }) => part === "technical")) return fault("E_INPUT", "rules.blindFormat: no technical part is scored");
	const { breach: _, paper, pagesMax, margins, fonts, sizes, ...flags } = blindFormat;
	if (!([
		paper,
		pagesMax,
		margins
	].some((asked) => asked !== null) || fonts.length + sizes.length > 0) && !Object.values(flags).includes(true)) return fault("E_INPUT", "rules.blindFormat: asks for nothing");
	if (margins === null) return null;
	const { width, height } = BLIND_PAPERS[paper ?? "A4"];
	const { left, right, top, bottom } = margins;
	return decimal(left).plus(right).lt(width) && decimal(top).plus(bottom).lt(height) ? null : fault("E_INPUT", "rules.blindFormat.margins: leave nothing of the page");
}
function itemFault({ min, max, step }) {
	if (decimal(step).lte(0) || decimal(min).lt(0) || decimal(max).lte(min)) return "range";
	if ([
		min,
		max,
		step
	].some((value) => decimal(value).decimalPlaces() > STEP_DECIMALS_MAX)) return "more than two decimals";
	return decimal(max).minus(min).mod(step).isZero() ? null : "the range is no multiple of the step";
}
function committeeFault(rules, ruleSet, projectType) {
	const { committee, facts, memberTrim } = rules;
	const code = compositionFault(ruleSet, {
		...committee,
		facts,
		waterWorks: projectType === "water-works"
	});
	if (code !== null) return fault(code, `a committee of ${committee.members} with ${committee.representatives} representatives`);
	if (rules.chair === "designated" && ruleSet.regime !== "TENDER_LAW") return fault("E_INPUT", "rules.chair: in procurement the members elect their chair");
	const dropped = memberTrim.low + memberTrim.high;
	if (dropped > 0 && !ruleSet.memberTrimAllowed) return fault("E_INPUT", "rules.memberTrim: scores may not be dropped here");
	return dropped < committee.members ? null : fault("E_INPUT", `rules.memberTrim: ${dropped} of ${committee.members} scores leave none`);
}

const MS = {
	minute: 6e4,
	second: 1e3
};
function limitEnd(from, limit, calendar) {
	if (limit.unit === "minute" || limit.unit === "second") return addMs(from, limit.value * MS[limit.unit]);
	const date = dateInChina(from);
	return endOfDate(limit.unit === "calendar-day" ? periodEnd(date, limit.value, calendar) : workingDayAfter(date, limit.value, calendar));
}
const countsDays = ({ unit }) => unit === "calendar-day" || unit === "working-day";
const limitEndAfter = (earlier, limit, calendar) => limitEnd(countsDays(limit) ? addMs(earlier, -1) : earlier, limit, calendar);
const noticeEnd = (from, limit, calendar) => addMs(wholeEnd(from, limit, calendar), countsDays(limit) ? -864e5 : 0);
function wholeEnd(from, limit, calendar) {
	if (limit.unit === "minute" || limit.unit === "second") return addMs(from, limit.value * MS[limit.unit]);
	const date = dateInChina(from);
	return endOfDate(limit.unit === "calendar-day" ? earliestAfterNotice(date, limit.value) : workingDayAfter(date, limit.value, calendar));
}
function latestInstantBefore(deadline, limit) {
	if (limit.unit === "minute" || limit.unit === "second") return addMs(deadline, -limit.value * MS[limit.unit]);
	return endOfDate(latestBefore(dateInChina(deadline), limit.value));
}

const zText = string().trim().min(1).max(4e3);
const zNothing = strictObject({});
const zMoney = zDecimal.regex(/^[0-9]+([.][0-9]{1,2})?$/, "money has at most two decimals and no sign");
const zPrice = zMoney.refine((text) => /[1-9]/.test(text), "not a price");
const zJsonObject = record$2(string(), json());
const of = (type, shape) => strictObject({
	type: literal(type),
	...shape
});
const textOf = (value) => typeof value === "string" ? value : "";

const DISTRIBUTION_PRESETS = [
	"A",
	"B",
	"C",
	"D"
];
function isDistributed(preset, { main, subs, tendererCity, members }) {
	const experts = members.filter((member) => member.kind === "expert");
	const at = (venue, of) => of.filter((member) => member.venue === venue).length;
	switch (preset) {
		case "A": return subs.length >= 1 && [main, ...subs].every((venue) => at(venue, members) >= 1);
		case "B": return subs.length >= 2 && subs.every((venue) => at(venue, experts) >= 1) && at(main, experts) * 3 <= experts.length;
		case "C": return experts.filter((expert) => expert.city !== tendererCity).length * 3 >= members.length * 2;
		case "D": return new Set(members.map((member) => `${member.venue}/${member.room}`)).size === members.length;
	}
}

const REGIMES = ["TENDER_LAW", "GOV_PROCUREMENT"];
const TIE_RULES = ["price", "technical"];

const READ_OUT_FIELDS = [
	"price",
	"priceWords",
	"duration",
	"quality",
	"projectLead",
	"validityDays",
	"security"
];
const zOpeningForm = strictObject({
	title: string().trim().min(1).max(40),
	note: string().trim().max(400),
	columns: array(strictObject({
		field: _enum(READ_OUT_FIELDS),
		title: string().trim().min(1).max(40)
	})).min(1).max(READ_OUT_FIELDS.length)
});

const SCORE_PARTS = [
	"technical",
	"commercial",
	"credential"
];
const zPart = _enum(SCORE_PARTS);
const scoresStep = (part) => `scores:${part}`;
const zReviewItem = strictObject({
	id: zName,
	title: string().min(1).max(200),
	kind: _enum([
		"formal",
		"qualification",
		"responsiveness"
	])
});
const zScoreItem = strictObject({
	id: zName,
	part: zPart,
	title: string().min(1).max(200),
	min: zDecimal,
	max: zDecimal,
	step: zDecimal,
	objective: boolean()
});
const zDeductions = strictObject({
	smallMicro: zNotNegative,
	smallPartner: zNotNegative.exactOptional(),
	domestic: zNotNegative
});
const SECURITY_FORMS = [
	"TRANSFER",
	"BANK_GUARANTEE",
	"SURETY_GUARANTEE",
	"INSURANCE"
];
const zSecurityForm = _enum(SECURITY_FORMS);
const zBidSecurity = strictObject({
	amount: zPrice,
	forms: array(zSecurityForm).min(1).max(SECURITY_FORMS.length)
});
const zLotFacts = strictObject({
	budget: zPositive.nullable(),
	isComplex: boolean(),
	hasSocialImpact: boolean(),
	isReserved: boolean()
});
const NO_FACTS = {
	budget: null,
	isComplex: false,
	hasSocialImpact: false,
	isReserved: false
};
const zTenderRules = strictObject({
	facts: zLotFacts,
	method: _enum(["comprehensive", "scored"]),
	ceiling: zPrice,
	price: zPriceRule,
	deductions: zDeductions.nullable(),
	review: array(zReviewItem).min(1).max(100),
	items: array(zScoreItem).min(1).max(200),
	twoEnvelope: boolean(),
	memberTrim: strictObject({
		low: int().min(0).max(3),
		high: int().min(0).max(3)
	}),
	candidates: int().min(1).max(10),
	ties: array(_enum(TIE_RULES)).max(TIE_RULES.length),
	committee: strictObject({
		members: int().min(3).max(25),
		representatives: int().min(0).max(8)
	}),
	chair: _enum(["elected", "designated"]).exactOptional(),
	award: zAwardRule,
	stateMandated: boolean().exactOptional(),
	coreProduct: string().min(1).max(200).exactOptional(),
	performanceSecurity: strictObject({
		percent: zNotNegative,
		days: int().min(1).max(30)
	}).exactOptional(),
	blindFormat: zBlindFormat.exactOptional(),
	bidSecurity: zBidSecurity.exactOptional(),
	openingForm: zOpeningForm.exactOptional()
});

const PARTIES_MAX = 400;
const VENUES_MAX = 40;
const zParty = strictObject({
	party: zName,
	roles: array(zRole).min(1).max(3),
	venue: zName.nullable(),
	seat: zName.nullable()
});
const zBinding = strictObject({
	party: zName,
	person: strictObject({
		id: zName,
		name: string().max(60)
	}).nullable(),
	organisation: strictObject({
		id: zName,
		name: string().max(200)
	}).nullable(),
	certificate: string().max(200).nullable(),
	nodeKey: zBytes.max(400).nullable()
});
const zSchedule = strictObject({
	documentsFrom: zInstant,
	documentsUntil: zInstant,
	deadline: zInstant
});
const zVenuePlan = strictObject({
	venue: zName,
	role: _enum([
		"main",
		"sub",
		"supervision"
	]),
	city: string().min(1).max(60)
});
const zKeeperPlan = strictObject({
	threshold: int().min(2).max(20),
	parties: array(zName).min(3).max(20)
});
const facts = {
	code: string().min(1).max(60),
	name: string().min(1).max(200),
	regime: _enum(REGIMES),
	jurisdiction: string().min(1).max(20),
	projectType: _enum([
		"construction",
		"water-works",
		"goods",
		"services"
	]),
	profile: literal("gp-std-1"),
	rules: zTenderRules,
	schedule: zSchedule,
	venues: array(zVenuePlan).min(1).max(VENUES_MAX),
	venuePreset: _enum(DISTRIBUTION_PRESETS),
	tendererCity: string().min(1).max(60),
	keepers: strictObject({
		bids: zKeeperPlan,
		sheets: zKeeperPlan,
		drill: boolean().exactOptional()
	}),
	witnessPolicy: string().max(2e4),
	previousRound: strictObject({
		origin: string().max(200),
		reason: zText
	}).nullable()
};
const zCreate = strictObject({
	...facts,
	parties: array(zParty).min(3).max(PARTIES_MAX)
});
const zBindings = array(zBinding).max(PARTIES_MAX);
const zRevise = strictObject({ ...facts });
const zDocumentSignature = zBytes.min(1).max(44e3).exactOptional();
const zPublish = strictObject({
	documentPackage: zHash,
	signature: zDocumentSignature
});
const zAmend = strictObject({
	package: zHash,
	signature: zDocumentSignature,
	summary: zText,
	affectsBids: boolean(),
	deadline: zInstant.nullable(),
	rules: zTenderRules.nullable()
});
const SUSPENSION_CAUSES = [
	"OBJECTION",
	"COMPLAINT",
	"OUTAGE",
	"SUPERVISION_ORDER"
];
const zSuspend = strictObject({
	cause: _enum(SUSPENSION_CAUSES),
	reason: zText
});
const zResume = strictObject({
	reason: zText,
	deadline: zInstant.nullable()
});
const zTerminate = strictObject({ reason: zText });
const FAIL_REASONS = [
	"LT3_SUBMITTED",
	"LT3_AFTER_DECRYPT",
	"LT3_QUALIFIED",
	"LT3_RESPONSIVE",
	"ALL_REJECTED",
	"OVER_BUDGET",
	"ILLEGALITY",
	"NEED_CANCELLED",
	"OUTAGE_UNRECOVERABLE",
	"NO_AWARD_VALID"
];
const zFail$1 = strictObject({
	reason: _enum([
		"ILLEGALITY",
		"NEED_CANCELLED",
		"OUTAGE_UNRECOVERABLE",
		"NO_AWARD_VALID"
	]),
	explanation: zText
});
const CELL_GROUNDS = ["OBJECTIVE_DIFFERENCE", "OUTLIER"];
const NEW_COMMITTEE_GROUNDS = [
	"ILLEGAL_COMPOSITION",
	"MEMBER_VIOLATION",
	"UNLAWFUL_INTERFERENCE"
];
const RE_EVALUATION_ORDERS = [...NEW_COMMITTEE_GROUNDS, "OBJECTION_UPHELD"];
const zReEvaluate = strictObject({
	ground: _enum(RE_EVALUATION_ORDERS),
	reason: zText
});
const zOpinion = strictObject({
	text: zText,
	target: zText
});
const zAcknowledge = strictObject({
	opinion: string().max(80),
	reply: zText
});
const ORDER_KINDS = [
	"PAUSE",
	"RESUME",
	"PRESERVE_EVIDENCE",
	"RELEASE_EVIDENCE",
	"UNSEAL_IDENTITIES",
	"DEGRADED_QUORUM",
	"TOLERATE_FAULT"
];
const JUDGED_CHECKS = [
	"order",
	"parts",
	"commands",
	"signatures",
	"certificates",
	"bindings",
	"names",
	"decide",
	"evolve"
];
const zJudgedFault = strictObject({
	entry: int().min(0),
	check: _enum(JUDGED_CHECKS)
});
const zOrder = strictObject({
	kind: _enum(ORDER_KINDS),
	reason: zText,
	fault: zJudgedFault.nullable().default(null)
});
const zWitnessFact = strictObject({
	kind: _enum([
		"ARRIVAL",
		"IDENTITY_CHECK",
		"DEVICE_HANDED_IN",
		"INTERRUPTION",
		"DISCIPLINE",
		"OTHER"
	]),
	about: zName.nullable()
});
const ERASABLE_PARTS = [PART.who];
const ERASED_PARTS_MAX = 500;
const zErasedPart = strictObject({
	seq: int().min(0),
	name: _enum(ERASABLE_PARTS)
});
const zChangeEngine = strictObject({
	engine: string().min(1).max(120),
	reason: zText
});
const zEraseParts = strictObject({
	parts: array(zErasedPart).min(1).max(500),
	ground: string().trim().min(1).max(500)
});

const zSeat = strictObject({
	venue: zName,
	seat: zName.nullable()
});
const NO_PLACE = {
	venue: null,
	seat: null
};
const read = /* @__PURE__ */ new WeakMap();
function bindingOf(state, party) {
	const facts = own(state.parties, party);
	const value = facts === void 0 ? void 0 : disclosed(state, facts.seq, `d:binding:${party}`);
	if (!isObject(value)) return null;
	const known = read.get(value);
	if (known !== void 0) return known;
	const binding = zBinding.safeParse(value).data ?? null;
	read.set(value, binding);
	return binding;
}
function ruleSetOf(state) {
	if (state.setup.ruleSet === null) throw new Error("no rule set before publication");
	return state.setup.ruleSet;
}
function tenderRulesOf(state) {
	if (state.setup.rules === null) throw new Error("no tender rules before creation");
	return state.setup.rules;
}
function limitOf(state, name, from) {
	const rules = ruleSetOf(state);
	const limit = rules.limits[name];
	return limit === null ? null : limitEnd(from, limit, rules.calendar);
}
const failed = (at, reason, explanation) => ({
	type: "lot.failed",
	at,
	reason,
	explanation
});
const hasOrder = (state, kind) => state.setup.orders.some((order) => order.kind === kind);
const isEvidencePreserved = ({ setup: { orders } }) => orders.findLast(({ kind }) => kind === "PRESERVE_EVIDENCE" || kind === "RELEASE_EVIDENCE")?.kind === "PRESERVE_EVIDENCE";
const venueOf = (state, party) => own(state.parties, party)?.venue ?? null;
function placeOf(state, party) {
	const facts = own(state.parties, party);
	if (facts === void 0) return NO_PLACE;
	if (facts.venue !== null) return {
		venue: facts.venue,
		seat: facts.seat
	};
	return zSeat.safeParse(disclosed(state, facts.seq, "x:seat")).data ?? {
		venue: null,
		seat: facts.seat
	};
}
const attesterOf = (state, member) => attesterAt(state, venueOf(state, member));
function attesterAt(state, at) {
	const { venues } = state.setup;
	const seated = venues.find(({ venue }) => venue === at);
	const site = seated?.role === "sub" ? seated : venues.find(({ role }) => role === "supervision");
	if (site === void 0) return null;
	return partiesWith(state, "node").find((node) => venueOf(state, node) === site.venue) ?? null;
}
const isSignedIn = (state, party) => own(state.committee.present, party) !== void 0 || own(state.committee.excused, party) !== void 0;
function isOnlyCalled(state, party) {
	if (own(state.parties, party)?.admittedAs.includes("expert") !== true) return false;
	const { present, excused } = state.committee;
	if (own(present, party) !== void 0) return false;
	const left = own(excused, party);
	return left === void 0 || left.cause === "NO_SHOW";
}

function attesterFault(state, venue, who) {
	if (attesterAt(state, venue) !== null) return null;
	return fault("E_NO_ATTESTER", `${who}: no node may attest the keys of members at ${venue ?? "no venue"}; seat them at a sub-venue whose node has a part in the lot, or name the site of the supervision authority and its node`);
}
function attestersFault(state, { committee }) {
	const { venues, venuePreset } = state.setup;
	const main = venues.find(({ role }) => role === "main")?.venue ?? null;
	const named = partiesWith(state, "tenderer-representative");
	for (const party of named) {
		const wrong = attesterFault(state, venueOf(state, party), party);
		if (wrong !== null) return wrong;
	}
	if (named.length < committee.representatives || venuePreset === "A") return attesterFault(state, main, "venues");
	return venues.some(({ venue, role }) => role !== "supervision" && attesterAt(state, venue) !== null) ? null : attesterFault(state, main, "venues");
}

const ownersAudience = (viewer, _state, entry) => viewer.party !== null && (viewer.party === entry.party || viewer.party === "node:main" || viewer.roles.includes("supervisor"));
const isOwner = (viewer) => viewer.roles.includes("tenderer") || viewer.roles.includes("agency");
const everybody = () => true;
const isResultFixed = (state) => state.award.announced !== null;
const isOpeningTrustee = ({ setup }, party) => setup.keepers.bids.parties.includes(party);
const bindingAudience = (viewer, state, _entry, part) => {
	const party = part.slice(10);
	const facts = own(state.parties, party);
	if (facts === void 0) return false;
	if (viewer.party !== null && (viewer.party === party || viewer.party === "node:main")) return true;
	if (isMember$1(facts.admittedAs)) return seesMember(viewer, state, party);
	if (facts.admittedAs.includes("bidder")) return seesBidder(state);
	return viewer.party !== null || isOpeningTrustee(state, party);
};
const admittedAudience = (viewer, state, entry, part) => {
	if (ownersAudience(viewer, state, entry, part)) return true;
	const admitted = Object.keys(entry.header.parts).filter((name) => name.startsWith("d:binding:"));
	return viewer.party !== null && admitted.every((name) => bindingAudience(viewer, state, entry, name));
};
const isMember$1 = (roles) => roles.includes("expert") || roles.includes("tenderer-representative");
const seesMember = (viewer, state, party) => {
	if (isResultFixed(state)) {
		if (state.setup.regime === "GOV_PROCUREMENT") return true;
		if (viewer.roles.includes("tenderer") || viewer.roles.includes("agency")) return true;
	}
	if (viewer.party === null) return false;
	if (viewer.roles.includes("supervisor") && hasOrder(state, "UNSEAL_IDENTITIES")) return true;
	if (viewer.roles.includes("node")) return hosts(viewer, state, party) || isSignedIn(state, party) && viewer.party === attesterOf(state, party);
	return isSignedIn(state, party) && (viewer.roles.includes("supervisor") || viewer.roles.includes("witness") || isMember$1(viewer.roles));
};
const hosts = (viewer, state, party) => {
	const { venue } = placeOf(state, party);
	return viewer.party !== null && viewer.roles.includes("node") && venue !== null && venueOf(state, viewer.party) === venue;
};
const seesPlace = (viewer, state, party) => viewer.party === "node:main" || viewer.party === party || isSignedIn(state, party) || hosts(viewer, state, party);
const seesBidder = ({ opening: { step } }) => step !== "WAITING" && step !== "STARTED";

const profileFor = (state) => profileOf(state.setup.profile);
const commitmentOf = (state, { salt, text }) => profileFor(state).commitment(salt, text);

const { code, name, regime, projectType, jurisdiction, tendererCity, schedule } = zRevise.shape;
const zLotImport = strictObject({
	id: zName,
	agency: zCreditCode,
	project: strictObject({
		code,
		name
	}),
	tenderer: strictObject({
		creditCode: zCreditCode,
		name: zOrganisationName
	}),
	lot: strictObject({
		code,
		name,
		regime,
		projectType,
		jurisdiction: jurisdiction.optional(),
		tendererCity: tendererCity.optional(),
		schedule: schedule.partial().optional(),
		rules: zTenderRules.omit({ method: true }).extend({ facts: zLotFacts.partial() }).partial().optional()
	})
});
const zLotImported = strictObject({
	id: zName,
	lot: zUuid,
	at: zInstant
});
const zImportedLot = strictObject({
	lot: zUuid,
	at: zInstant,
	from: strictObject({
		id: zName,
		name: string()
	}),
	content: zLotImport
});
const zImportedLotRow = zImportedLot.omit({ content: true }).extend({
	id: zName,
	project: zLotImport.shape.project,
	tenderer: string(),
	code,
	name,
	regime
});
const zImportedLotPage = strictObject({
	items: array(zImportedLotRow),
	next: string().nullable()
});

const at$3 = zInstant;
const zLostMs = int().min(0).max(31536e7);
const text$2 = string().max(4e3);
const zLotCreated = strictObject({
	type: literal("lot.created"),
	...zCreate.omit({ parties: true }).shape,
	engine: string().max(120)
});
const zLotRevised = strictObject({
	type: literal("lot.revised"),
	...zRevise.shape
});
const zPartyAdmitted = strictObject({
	type: literal("lot.party-admitted"),
	...zParty.shape
});
const zPartySeated = strictObject({
	type: literal("lot.party-seated"),
	party: zName,
	venue: zName,
	seat: zName
});
const zPartyRetired = strictObject({
	type: literal("lot.party-retired"),
	party: zName,
	at: at$3,
	reason: text$2
});
const zLotPublished = strictObject({
	type: literal("lot.published"),
	at: at$3,
	ruleSet: string().max(60),
	ruleSetHash: zHash,
	documentPackage: zHash,
	signature: zPublish.shape.signature,
	engine: string().max(120)
});
const zDocumentsIssued = strictObject({
	type: literal("lot.documents-issued"),
	at: at$3
});
const zLotAmended = strictObject({
	type: literal("lot.amended"),
	at: at$3,
	number: int().min(1),
	package: zHash,
	signature: zAmend.shape.signature,
	summary: text$2,
	deadline: zInstant,
	rules: zAmend.shape.rules
});
const zLotSuspended = strictObject({
	type: literal("lot.suspended"),
	at: at$3,
	by: zName,
	cause: _enum(SUSPENSION_CAUSES),
	reason: text$2
});
const zLotResumed = strictObject({
	type: literal("lot.resumed"),
	at: at$3,
	lostMs: zLostMs,
	deadline: zInstant.nullable()
});
const zLotTerminated = strictObject({
	type: literal("lot.terminated"),
	at: at$3,
	by: zName,
	reason: text$2
});
const zLotFailed = strictObject({
	type: literal("lot.failed"),
	at: at$3,
	reason: _enum(FAIL_REASONS),
	explanation: text$2
});
const zReEvaluation = strictObject({
	type: literal("lot.re-evaluation-started"),
	at: at$3,
	ground: _enum([...RE_EVALUATION_ORDERS, ...CELL_GROUNDS]),
	reason: text$2,
	committee: _enum([
		"same",
		"new",
		"cells"
	])
});
const zOpinionGiven = strictObject({
	type: literal("lot.opinion-given"),
	id: string().max(80),
	by: zName,
	at: at$3,
	text: text$2,
	target: text$2
});
const zOpinionAcknowledged = strictObject({
	type: literal("lot.opinion-acknowledged"),
	id: string().max(80),
	by: zName,
	at: at$3,
	reply: text$2
});
const zOrderGiven = strictObject({
	type: literal("lot.order-given"),
	id: string().max(80),
	by: zName,
	at: at$3,
	kind: _enum(ORDER_KINDS),
	reason: text$2,
	fault: zJudgedFault.nullable()
});
const zFactRecorded = strictObject({
	type: literal("lot.fact-recorded"),
	at: at$3,
	by: zName,
	kind: string().max(40),
	about: zName.nullable()
});
const zEngineChanged = strictObject({
	type: literal("lot.engine-changed"),
	at: at$3,
	by: zName,
	from: string().max(120),
	to: zChangeEngine.shape.engine,
	reason: zChangeEngine.shape.reason
});
const zPartsErased = strictObject({
	type: literal("lot.parts-erased"),
	at: at$3,
	by: zName,
	...zEraseParts.shape
});

const erasedBy = (state, seq, part) => own(state.setup.erased, partKey(seq, part)) ?? null;
function erasureFault(state, parts) {
	if (isEvidencePreserved(state)) return {
		code: "E_EVIDENCE_PRESERVED",
		message: "the authority ordered the evidence to be preserved, and has not released it"
	};
	const orders = new Set(Object.values(state.setup.erased));
	const named = /* @__PURE__ */ new Set();
	for (const { seq, name } of parts) {
		const part = partKey(seq, name);
		if (seq >= state.size) return {
			code: "E_INPUT",
			message: `parts: there is no entry ${seq} before this one`
		};
		if (named.has(part)) return {
			code: "E_INPUT",
			message: `parts: ${part} is named twice`
		};
		const order = erasedBy(state, seq, name);
		if (order !== null) return {
			code: "E_ALREADY_DONE",
			message: `${part} was erased by entry ${order}`
		};
		if (orders.has(seq)) return {
			code: "FORBIDDEN",
			message: `entry ${seq} orders an erasure: its signature stays`
		};
		named.add(part);
	}
	return null;
}

function orderFault$1(state, kind) {
	const isSuspended = state.status === "SUSPENDED";
	switch (kind) {
		case "PAUSE":
			if (isSuspended) return refuse("E_ALREADY_DONE", "the lot is suspended");
			return RUNNING_STATUSES.includes(state.status) ? null : refuse("WRONG_STATE", "the lot is over: nothing of it can be stopped");
		case "RESUME": return isSuspended ? null : refuse("WRONG_STATE", "the lot is not suspended");
		case "PRESERVE_EVIDENCE": return isEvidencePreserved(state) ? refuse("E_ALREADY_DONE", "evidence is preserved by an earlier order") : null;
		case "RELEASE_EVIDENCE": return isEvidencePreserved(state) ? null : refuse("WRONG_STATE", "no order preserves evidence");
		default: return null;
	}
}
const isTolerated = ({ setup: { orders } }, { entry, check }) => orders.some(({ fault }) => fault?.entry === entry && fault.check === check);
function tolerationFault(state, fault) {
	if (fault === null) return refuse("E_INPUT", "fault: name the entry and the check that fails there");
	if (fault.entry >= state.size) return refuse("E_INPUT", `fault.entry: the log has no entry ${String(fault.entry)} before this order`);
	return isTolerated(state, fault) ? refuse("E_ALREADY_DONE", "an earlier order tolerates this fault") : null;
}

const TO_THE_CONTRACT = [
	"reportToPurchaser",
	"reportToPublicity",
	"publicity",
	"awardMeeting",
	"winnerDecision",
	"resultAnnouncement",
	"challenge",
	"objectionReply",
	"contract"
];
function calendarNeededTo(deadline, { limits, calendar }) {
	const running = TO_THE_CONTRACT.flatMap((name) => limits[name] ?? []).filter(countsDays);
	if (running.length === 0) return null;
	const ends = running.reduce((from, limit) => (/* @__PURE__ */ new Date(Date.parse(limitEnd(from, limit, calendar)) - 1)).toISOString(), deadline);
	return dateInChina(ends);
}

const YEARS = [{
	year: 2026,
	holidays: [
		["2026-01-01", 3],
		["2026-02-15", 9],
		["2026-04-04", 3],
		["2026-05-01", 5],
		["2026-06-19", 3],
		["2026-09-25", 3],
		["2026-10-01", 7]
	],
	workdays: [
		"2026-01-04",
		"2026-02-14",
		"2026-02-28",
		"2026-05-09",
		"2026-09-20",
		"2026-10-10"
	]
}];
const CHINA_CALENDAR = {
	to: `${need(YEARS.at(-1)).year}-12-31`,
	holidays: YEARS.flatMap(({ holidays }) => holidays.flatMap(([first, days]) => Array.from({ length: days }, (_, index) => addDays(first, index)))),
	workdays: YEARS.flatMap(({ workdays }) => workdays)
};

const TENDER_LAW_GROUNDS = [
	"UNSEALED_OR_UNSIGNED",
	"CONSORTIUM_WITHOUT_AGREEMENT",
	"UNQUALIFIED",
	"ALTERNATIVE_BIDS_OR_PRICES",
	"BELOW_COST_OR_ABOVE_CEILING",
	"NOT_RESPONSIVE",
	"COLLUSION_FRAUD_BRIBERY"
];
const GOV_PROCUREMENT_GROUNDS = [
	"NO_SECURITY",
	"UNSIGNED",
	"UNQUALIFIED",
	"ABOVE_BUDGET",
	"UNACCEPTABLE_CONDITIONS",
	"OTHER_STATED"
];

const limit = (unit) => (value) => ({
	value,
	unit
});
const days = limit("calendar-day");
const workingDays = limit("working-day");
const minutes = limit("minute");
const seconds = limit("second");
const SESSION = {
	decryption: minutes(60),
	openingConfirmation: minutes(15),
	memberArrival: minutes(60),
	reportSigning: minutes(60)
};
const TENDER_LIMITS = {
	...SESSION,
	submission: days(20),
	documentAvailability: days(5),
	amendmentBeforeDeadline: days(15),
	documentObjectionBeforeDeadline: days(10),
	objectionReply: days(3),
	resultNotice: null,
	challenge: null,
	reportToPublicity: days(3),
	publicity: days(3),
	awardMeeting: workingDays(10),
	awardBallot: workingDays(1),
	reportToPurchaser: null,
	winnerDecision: null,
	resultAnnouncement: null,
	securityReturn: days(5),
	contract: days(30)
};
const GOV_LIMITS = {
	...SESSION,
	submission: days(20),
	documentAvailability: workingDays(5),
	amendmentBeforeDeadline: days(15),
	documentObjectionBeforeDeadline: null,
	objectionReply: workingDays(7),
	resultNotice: workingDays(1),
	challenge: workingDays(7),
	reportToPublicity: null,
	publicity: null,
	awardMeeting: null,
	awardBallot: null,
	reportToPurchaser: workingDays(2),
	winnerDecision: workingDays(5),
	resultAnnouncement: workingDays(2),
	securityReturn: workingDays(5),
	contract: days(30)
};
const DEMO_SECONDS = {
	submission: 5,
	documentAvailability: 3,
	amendmentBeforeDeadline: 3,
	documentObjectionBeforeDeadline: 3,
	objectionReply: 30,
	resultNotice: 2,
	challenge: 30,
	decryption: 30,
	openingConfirmation: 2,
	memberArrival: 60,
	reportSigning: 20,
	reportToPublicity: 60,
	publicity: 2,
	awardMeeting: 600,
	awardBallot: 120,
	reportToPurchaser: 60,
	winnerDecision: 300,
	resultAnnouncement: 60,
	securityReturn: 60,
	contract: 120
};
function inSeconds(limits) {
	const names = Object.keys(limits);
	return Object.fromEntries(names.map((name) => [name, limits[name] === null ? null : seconds(DEMO_SECONDS[name])]));
}
const COMMON_THRESHOLDS = {
	bidsMin: 3,
	committeeMin: 5,
	expertShare: {
		num: 2,
		den: 3
	},
	moreTimeShare: {
		num: 1,
		den: 3
	},
	performanceSecurityPercentMax: "10",
	bidSecurityPercentMax: "2",
	outlierPercent: "30",
	awardCommitteeMin: 5,
	awardQuorum: {
		num: 2,
		den: 3
	},
	awardTieRoundsMax: 3
};
const TENDER_THRESHOLDS = {
	...COMMON_THRESHOLDS,
	committeeLarge: null,
	committeeWaterWorks: 7,
	worksSecurityMax: "800000",
	candidatesMax: 3,
	priceWeightMin: null,
	lowPrice: null
};
const GOV_THRESHOLDS = {
	...COMMON_THRESHOLDS,
	committeeLarge: {
		budget: "10000000",
		members: 7
	},
	committeeWaterWorks: null,
	worksSecurityMax: null,
	candidatesMax: 3,
	priceWeightMin: {
		goods: "30",
		services: "10"
	},
	lowPrice: {
		ofMean: "50",
		ofSecondLowest: "50",
		ofCeiling: "45"
	}
};
const NO_PREFERENCES = {
	smallMicro: null,
	smallPartner: null,
	domestic: null
};
const between = (min, max, isOwed) => ({
	min,
	max,
	isOwed
});
const worksPreferences = (isOwed) => ({
	smallMicro: between("3", "5", isOwed),
	smallPartner: between("1", "2", false),
	domestic: null
});
const TENDER_PREFERENCES = {
	works: worksPreferences(false),
	goods: NO_PREFERENCES,
	services: NO_PREFERENCES
};
const govPreferences = (smallMicro, smallPartner) => ({
	works: worksPreferences(true),
	goods: {
		smallMicro,
		smallPartner,
		domestic: null
	},
	services: {
		smallMicro,
		smallPartner,
		domestic: null
	}
});
const GOV_PREFERENCES_2022 = govPreferences(between("10", "20", true), between("4", "6", false));
const GOV_PREFERENCES_2026 = {
	...GOV_PREFERENCES_2022,
	goods: {
		...GOV_PREFERENCES_2022.goods,
		domestic: between("20", "20", true)
	},
	services: {
		...GOV_PREFERENCES_2022.services,
		domestic: between("20", "20", false)
	}
};
const TENDER = {
	regime: "TENDER_LAW",
	effectiveFrom: "2019-03-02",
	calendar: CHINA_CALENDAR,
	thresholds: TENDER_THRESHOLDS,
	grounds: TENDER_LAW_GROUNDS,
	qualificationBy: "committee",
	fewBids: "committee-choice",
	methods: ["comprehensive"],
	priceRules: lawfulKinds("TENDER_LAW"),
	representativeMayChair: true,
	candidatePublicity: true,
	memberTrimAllowed: true,
	ties: [],
	preferences: TENDER_PREFERENCES
};
const GOV = {
	regime: "GOV_PROCUREMENT",
	effectiveFrom: "2017-10-01",
	calendar: CHINA_CALENDAR,
	thresholds: {
		...GOV_THRESHOLDS,
		lowPrice: null
	},
	grounds: GOV_PROCUREMENT_GROUNDS,
	qualificationBy: "purchaser",
	fewBids: "fail",
	methods: ["scored"],
	priceRules: lawfulKinds("GOV_PROCUREMENT"),
	representativeMayChair: false,
	candidatePublicity: false,
	separationAllowed: false,
	memberTrimAllowed: false,
	ties: ["price"],
	preferences: govPreferences(between("6", "10", true), between("2", "3", false))
};
const GOV_2026 = {
	...GOV,
	effectiveFrom: "2026-02-01",
	preferences: GOV_PREFERENCES_2026,
	thresholds: GOV_THRESHOLDS
};
const GOV_VERSIONS = {
	"2017": GOV,
	"2022": {
		...GOV,
		effectiveFrom: "2022-07-01",
		preferences: GOV_PREFERENCES_2022
	},
	"2026-01": {
		...GOV,
		effectiveFrom: "2026-01-01",
		preferences: GOV_PREFERENCES_2026
	},
	"2026": GOV_2026
};
const govIn = (jurisdiction, prefix) => Object.entries(GOV_VERSIONS).map(([version, rules]) => ({
	...rules,
	id: `${prefix}-${version}`,
	jurisdiction,
	limits: GOV_LIMITS
}));
const RULE_SETS = [
	{
		...TENDER,
		id: "cn-tender-2019",
		jurisdiction: "CN",
		separationAllowed: false,
		limits: TENDER_LIMITS
	},
	{
		...TENDER,
		id: "cn-33-tender-2019",
		jurisdiction: "CN-33",
		separationAllowed: true,
		limits: TENDER_LIMITS
	},
	...govIn("CN", "cn-gov"),
	...govIn("CN-33", "cn-33-gov"),
	{
		...TENDER,
		id: "demo-tender",
		jurisdiction: "demo",
		separationAllowed: true,
		limits: inSeconds(TENDER_LIMITS)
	},
	{
		...GOV_2026,
		id: "demo-gov",
		jurisdiction: "demo",
		limits: inSeconds(GOV_LIMITS)
	}
];
function resolveRuleSet(regime, jurisdiction, date) {
	return RULE_SETS.filter((rules) => rules.regime === regime && rules.jurisdiction === jurisdiction && rules.effectiveFrom <= date).sort((a, b) => a.effectiveFrom < b.effectiveFrom ? 1 : -1)[0] ?? null;
}

function keepersFault(state) {
	const { bids, sheets } = state.setup.keepers;
	for (const [name, plan] of Object.entries({
		bids,
		sheets
	})) {
		const message = planFault$1(state, plan) ?? ownersFault(state, plan);
		if (message !== null) return fault("E_INPUT", `keepers.${name}: ${message}`);
	}
	const message = automaticFault(state, bids);
	if (message !== null) return fault("E_INPUT", `keepers.bids: ${message}`);
	const published = state.keepers.published["bids"] ?? {};
	const missing = bids.parties.find((party) => !Object.hasOwn(published, party));
	return missing === void 0 ? null : fault("E_KEY_MISSING", `${missing} has published no key for bids`);
}
function planFault$1(state, { threshold, parties }) {
	if (new Set(parties).size !== parties.length) return "a keeper is named twice";
	const stranger = parties.find((party) => !Object.hasOwn(state.parties, party));
	if (stranger !== void 0) return `${stranger} has no part in this lot`;
	return threshold > parties.length - 1 ? "one lost key would lock every box; name another keeper, or lower the threshold" : null;
}
function ownersFault(state, { threshold, parties }) {
	const owners = parties.filter((party) => hasRole(state, party, "tenderer") || hasRole(state, party, "agency")).length;
	if (owners >= threshold) return "the tenderer and its agency alone could open boxes; raise the threshold above their number, or name fewer of them";
	return threshold > parties.length - owners ? "the tenderer and its agency alone could keep boxes shut; name a keeper of another side for one of them, or lower the threshold" : null;
}
function automaticFault(state, { threshold, parties }) {
	return parties.filter((party) => hasRole(state, party, "node")).length >= threshold ? "the nodes of the venues alone could open bids; name a person (the supervisor, a witness) for one of them, or raise the threshold" : null;
}

function frozenRuleSet(state, at) {
	const ruleSet = resolveRuleSet(state.setup.regime, state.setup.jurisdiction, dateInChina(at));
	if (ruleSet === null) return null;
	const content = JSON.parse(JSON.stringify(ruleSet));
	return {
		ruleSet,
		hash: profileFor(state).hashHex(canonicalText(content))
	};
}
const publicationFault = (state, ruleSet, at) => publicationFaults(state, ruleSet, at)[0] ?? null;
function publicationFaults(state, ruleSet, at) {
	const { rules, schedule } = state.setup;
	if (rules === null || schedule === null) return [fault("WRONG_STATE", "the lot has no tender rules")];
	return [
		scheduleFault(ruleSet, schedule, at),
		...rulesFaults(state, rules, ruleSet),
		venuesFault(state),
		attestersFault(state, rules),
		keepersFault(state)
	].flatMap((found) => found ?? []);
}
function scheduleFault(ruleSet, { documentsFrom, documentsUntil, deadline }, at) {
	const { limits, calendar } = ruleSet;
	const from = documentsFrom < at ? at : documentsFrom;
	const earliest = noticeEnd(from, limits.submission, calendar);
	if (deadline < earliest) return fault("E_INPUT", `schedule.deadline: not before ${earliest}`);
	const available = wholeEnd(from, limits.documentAvailability, calendar);
	if (documentsUntil < available) return fault("E_INPUT", `schedule.documentsUntil: not before ${available}`);
	if (documentsUntil > deadline) return fault("E_INPUT", "schedule.documentsUntil: after the deadline");
	return calendarFault(ruleSet, deadline);
}
function calendarFault(ruleSet, deadline) {
	const needed = calendarNeededTo(deadline, ruleSet);
	const { to } = ruleSet.calendar;
	if (needed === null || needed <= to) return null;
	return fault("E_INPUT", `schedule.deadline: limits of this lot may run to ${needed}, and the calendar of rest days ends with ${to}; set an earlier deadline, or publish under a release that has the next year's`);
}
function venuesFault(state) {
	const { venues, venuePreset } = state.setup;
	const ids = venues.map(({ venue }) => venue);
	if (new Set(ids).size !== ids.length) return fault("E_INPUT", "venues: one is named twice");
	if (venues.filter(({ role }) => role === "main").length !== 1) return fault("E_INPUT", "venues: exactly one is the main venue");
	if (venues.filter(({ role }) => role === "sub").length < {
		A: 1,
		B: 2,
		C: 0,
		D: 0
	}[venuePreset]) return fault("E_VENUE_NOT_APPROVED", `preset ${venuePreset} needs more sub-venues`);
	const stranger = Object.entries(state.parties).find(([, { venue }]) => venue !== null && !ids.includes(venue));
	return stranger === void 0 ? null : fault("E_VENUE_NOT_APPROVED", `${stranger[0]} sits at ${String(stranger[1].venue)}`);
}
const amendedDeadline = (ruleSet, at) => noticeEnd(at, ruleSet.limits.amendmentBeforeDeadline, ruleSet.calendar);
const lastAmendment = (ruleSet, deadline) => latestInstantBefore(deadline, ruleSet.limits.amendmentBeforeDeadline);
function documentObjectionEnd(state) {
	const { deadline = "", documentsUntil = "" } = state.setup.schedule ?? {};
	const byLaw = lastDocumentObjection(ruleSetOf(state), deadline) ?? limitOf(state, "challenge", documentsUntil);
	const end = byLaw === null ? deadline : addMs(byLaw, state.setup.suspendedMs);
	return end > deadline ? deadline : end;
}
const lastDocumentObjection = (ruleSet, deadline) => ruleSet.limits.documentObjectionBeforeDeadline === null ? null : latestInstantBefore(deadline, ruleSet.limits.documentObjectionBeforeDeadline);

const zRegistryFacts = object$1({ registry: strictObject({ parties: record$2(zName, strictObject({
	isKnown: boolean(),
	rights: array(string().max(40)).max(40)
})) }) });
const NEEDED = [{
	role: "supervisor",
	right: "lots:supervise"
}, {
	role: "witness",
	right: "lots:witness"
}];
function registryFault(facts, parties, founder) {
	const read = zRegistryFacts.safeParse(facts);
	if (!read.success) return refuse("E_UNREGISTERED", "the registry says nothing of these parties");
	const known = read.data.registry.parties;
	const holds = (party, right) => own(known, party)?.rights.includes(right) === true;
	const stranger = parties.find(({ party }) => own(known, party)?.isKnown !== true);
	if (stranger !== void 0) return refuse("E_UNREGISTERED", `${stranger.party} is bound to somebody, or to a key, that the registry has otherwise`);
	if (founder !== null && !holds(founder, "lots:found")) return refuse("FORBIDDEN", "founding a lot needs the right lots:found");
	for (const { role, right } of NEEDED) {
		const unfit = parties.find(({ party, roles }) => roles.includes(role) && !holds(party, right));
		if (unfit !== void 0) return refuse("FORBIDDEN", `${unfit.party} cannot be ${role}: the registry grants them no ${right}`);
	}
	return null;
}

const MEMBERS = ["expert", "tenderer-representative"];
const EXCLUDED = [
	{
		side: "supervisor",
		from: [
			"tenderer",
			"agency",
			"bidder",
			"witness",
			"award-member",
			...MEMBERS
		],
		law: "条例 46"
	},
	{
		side: "agency",
		from: MEMBERS,
		law: "87号令 47"
	},
	{
		side: "witness",
		from: MEMBERS,
		law: "domain.md §14.2"
	},
	{
		side: "tenderer",
		from: ["expert"],
		law: "87号令 47"
	},
	{
		side: "bidder",
		from: [
			"tenderer",
			"agency",
			"witness",
			"award-member",
			...MEMBERS
		],
		law: "条例 46, 电子招标投标办法 23"
	}
];
const rowOf = (one, other) => EXCLUDED.find(({ side, from }) => side === one && from.includes(other) || side === other && from.includes(one));
const standingOf = ({ party, roles }, binding) => ({
	party,
	roles,
	person: binding?.person?.id ?? null,
	organisation: binding?.organisation?.id ?? null
});
const standingsOf = (state) => Object.entries(state.parties).flatMap(([party, { roles }]) => {
	const binding = bindingOf(state, party);
	return binding === null ? [] : [standingOf({
		party,
		roles
	}, binding)];
});
function firstClash(all) {
	for (const [index, one] of all.entries()) {
		const clash = clashWith(one, all.slice(0, index));
		if (clash !== null) return clash;
	}
	return null;
}
function clashWith(one, others) {
	const owners = ownersOf([one, ...others]);
	const own = clash(one, one, owners);
	if (own !== null) return own;
	for (const other of others) {
		const found = other.party === one.party ? null : clash(one, other, owners);
		if (found !== null) return found;
	}
	return null;
}
const ownersOf = (all) => new Set(all.flatMap(({ roles, organisation }) => roles.includes("tenderer") && organisation !== null ? [organisation] : []));
const sidesOf = ({ roles, organisation }, owners) => organisation !== null && owners.has(organisation) ? roles.map((role) => role === "agency" ? "tenderer" : role) : roles;
function clash(one, other, owners) {
	const isOnePerson = one.person !== null && one.person === other.person;
	const isOneOrganisation = one.organisation !== null && one.organisation === other.organisation;
	if (!isOnePerson && !isOneOrganisation && one.party !== other.party) return null;
	for (const side of sidesOf(one, owners)) for (const opposite of sidesOf(other, owners)) {
		const row = rowOf(side, opposite);
		if (row === void 0) continue;
		return {
			code: [side, opposite].some((role) => MEMBERS.includes(role)) ? "E_RECUSAL_HIT" : "E_ROLE_EXCLUDED",
			message: `${one.party === other.party ? one.party : `${one.party} and ${other.party}`}: ${isOnePerson ? "one person" : "one organisation"} cannot be ${side} and ${opposite} (${row.law})`
		};
	}
	const areBidders = one.roles.includes("bidder") && other.roles.includes("bidder");
	if (!isOnePerson || one.party === other.party || areBidders) return null;
	return {
		code: "E_ROLE_EXCLUDED",
		message: `${one.party} and ${other.party} are one person: a person acts in a lot under one name`
	};
}

const initialSetup = {
	isPublic: false,
	code: "",
	name: "",
	regime: "TENDER_LAW",
	jurisdiction: "CN",
	projectType: "",
	profile: "gp-std-1",
	engine: "",
	rules: null,
	schedule: null,
	venues: [],
	venuePreset: "A",
	tendererCity: "",
	keepers: {
		bids: {
			threshold: 0,
			parties: []
		},
		sheets: {
			threshold: 0,
			parties: []
		}
	},
	witnessPolicy: "",
	ruleSet: null,
	ruleSetHash: null,
	documentPackage: null,
	signatures: {},
	publishedAt: null,
	amendments: [],
	opinions: [],
	orders: [],
	facts: [],
	erased: {},
	previousRound: null,
	suspension: null,
	suspendedMs: 0,
	failure: null,
	termination: null,
	reEvaluations: []
};
const setup$1 = (state, change) => ({
	...state,
	setup: {
		...state.setup,
		...change
	}
});
const withSignature = ({ setup: { signatures } }, hash, signature) => signature === void 0 ? signatures : {
	...signatures,
	[hash]: signature
};
const founding = {
	"lot.created": event({
		schema: zLotCreated,
		evolve: (state, { type: _, schedule, ...facts }) => setup$1(state, {
			...facts,
			schedule: {
				...schedule,
				issuedAt: null
			}
		})
	}),
	"lot.revised": event({
		schema: zLotRevised,
		evolve: (state, { type: _, schedule, ...facts }) => setup$1(state, {
			...facts,
			schedule: {
				...schedule,
				issuedAt: null
			}
		})
	}),
	"lot.party-admitted": event({
		schema: zPartyAdmitted,
		evolve: (state, { party, roles, venue, seat }, { header: { seq } }) => ({
			...state,
			parties: {
				...state.parties,
				[party]: {
					roles,
					admittedAs: roles,
					venue,
					seat,
					seq
				}
			}
		})
	}),
	"lot.party-seated": event({
		schema: zPartySeated,
		evolve: (state, { party, venue, seat }) => {
			const facts = own(state.parties, party);
			if (facts === void 0) return withFault(state, `nobody is ${party}`);
			return {
				...state,
				parties: {
					...state.parties,
					[party]: {
						...facts,
						venue,
						seat
					}
				}
			};
		}
	}),
	"lot.party-retired": event({
		schema: zPartyRetired,
		evolve: (state, { party }) => {
			const facts = state.parties[party];
			if (facts === void 0) return withFault(state, `nobody is ${party}`);
			return {
				...state,
				parties: {
					...state.parties,
					[party]: {
						...facts,
						roles: []
					}
				}
			};
		}
	}),
	"lot.published": event({
		schema: zLotPublished,
		evolve: (state, { at, ruleSet: id, ruleSetHash, documentPackage, signature, engine }) => {
			const ruleSet = RULE_SETS.find((known) => known.id === id);
			if (ruleSet === void 0 || state.setup.schedule === null) return withFault(state, `no rule set ${id}`);
			const published = {
				isPublic: true,
				publishedAt: at,
				schedule: {
					...state.setup.schedule,
					issuedAt: at
				},
				ruleSet,
				ruleSetHash,
				documentPackage,
				engine
			};
			return moveTo(setup$1(state, {
				...published,
				signatures: withSignature(state, documentPackage, signature)
			}), "PUBLISHED");
		}
	}),
	"lot.documents-issued": event({
		schema: zDocumentsIssued,
		evolve: (state) => moveTo(state, "SUBMISSION_OPEN")
	}),
	"lot.amended": event({
		schema: zLotAmended,
		evolve: (state, { number, at, package: hash, signature, summary, deadline, rules }) => {
			if (state.setup.schedule === null) return withFault(state, "no schedule");
			const amendments = [...state.setup.amendments, {
				number,
				at,
				package: hash,
				summary
			}];
			const schedule = {
				...state.setup.schedule,
				deadline
			};
			const signatures = withSignature(state, hash, signature);
			return setup$1(state, {
				amendments,
				signatures,
				schedule,
				rules: rules ?? state.setup.rules
			});
		}
	})
};
const fate = {
	"lot.suspended": event({
		schema: zLotSuspended,
		evolve: (state, { at, by, cause, reason }) => moveTo(setup$1(state, { suspension: {
			at,
			by,
			cause,
			reason
		} }), "SUSPENDED")
	}),
	"lot.resumed": event({
		schema: zLotResumed,
		evolve: (state, { lostMs, deadline }) => {
			if (state.previous === null || state.setup.schedule === null) return withFault(state, "the lot is not suspended");
			const schedule = deadline === null ? state.setup.schedule : {
				...state.setup.schedule,
				deadline
			};
			const running = setup$1(state, {
				suspension: null,
				suspendedMs: state.setup.suspendedMs + lostMs,
				schedule
			});
			return moveTo(running, state.previous);
		}
	}),
	"lot.terminated": event({
		schema: zLotTerminated,
		evolve: (state, { at, by, reason }) => moveTo(setup$1(state, {
			termination: {
				at,
				by,
				reason
			},
			isPublic: true
		}), "TERMINATED")
	}),
	"lot.failed": event({
		schema: zLotFailed,
		evolve: (state, { at, reason, explanation }) => moveTo(setup$1(state, {
			failure: {
				at,
				reason,
				explanation
			},
			isPublic: true
		}), "LOT_FAILED")
	}),
	"lot.re-evaluation-started": event({
		schema: zReEvaluation,
		evolve: (state, { at, ground, reason, committee }) => moveTo(setup$1(state, { reEvaluations: [...state.setup.reEvaluations, {
			at,
			ground,
			reason,
			committee
		}] }), "RE_EVALUATION")
	})
};
const oversight = {
	"lot.opinion-given": event({
		schema: zOpinionGiven,
		evolve: (state, { type: _, ...opinion }) => setup$1(state, { opinions: [...state.setup.opinions, {
			...opinion,
			acknowledgedBy: null,
			reply: null
		}] })
	}),
	"lot.opinion-acknowledged": event({
		schema: zOpinionAcknowledged,
		evolve: (state, { id, by, reply }) => setup$1(state, { opinions: state.setup.opinions.map((opinion) => opinion.id === id ? {
			...opinion,
			acknowledgedBy: by,
			reply
		} : opinion) })
	}),
	"lot.order-given": event({
		schema: zOrderGiven,
		evolve: (state, { type: _, ...order }) => setup$1(state, { orders: [...state.setup.orders, order] })
	}),
	"lot.fact-recorded": event({
		schema: zFactRecorded,
		evolve: (state, { at, by, kind, about }, entry) => setup$1(state, { facts: [...state.setup.facts, {
			seq: entry.header.seq,
			at,
			by,
			kind,
			about
		}] })
	}),
	"lot.engine-changed": event({
		schema: zEngineChanged,
		evolve: (state, { to }) => setup$1(state, { engine: to })
	}),
	"lot.parts-erased": event({
		schema: zPartsErased,
		evolve: (state, { parts }, { header: { seq: order } }) => {
			if (parts.some(({ seq }) => seq >= order)) return withFault(state, "an erasure of a part that is not in the log yet");
			const named = Object.fromEntries(parts.map(({ seq, name }) => [partKey(seq, name), order]));
			return setup$1(state, { erased: {
				...named,
				...state.setup.erased
			} });
		}
	})
};
const lotEvents = {
	...founding,
	...fate,
	...oversight
};

var LedgerFormatError = class extends Error {
	constructor(format, reason) {
		super(`not a ${format}: ${reason}`);
		this.format = format;
		this.reason = reason;
		this.name = "LedgerFormatError";
	}
};
var LedgerRangeError = class extends RangeError {
	constructor(..._args) {
		super(..._args);
		this.name = "LedgerRangeError";
	}
};
function assertSize(size, what = "size") {
	if (!Number.isSafeInteger(size) || size < 0) throw new LedgerRangeError(`${what} ${size} is not a tree size`);
}

const HASH_SIZE = 32;
const LEAF_PREFIX = 0;
const NODE_PREFIX = 1;
const SCRATCH_SIZE = 4096;
var TreeHasher = class {
	#hash;
	#into;
	#node = /* @__PURE__ */ new Uint8Array(65);
	#leaf = new Uint8Array(SCRATCH_SIZE);
	constructor(hash) {
		this.#hash = hash;
		this.#into = hash.into ?? ((bytes, out, at) => out.set(hash(bytes), at));
		this.#node[0] = NODE_PREFIX;
		this.#leaf[0] = LEAF_PREFIX;
	}
	emptyRoot() {
		return this.#hash(/* @__PURE__ */ new Uint8Array(0));
	}
	leaf(data) {
		const out = new Uint8Array(32);
		this.leafInto(data, out, 0);
		return out;
	}
	leafInto(data, out, at) {
		if (data.length >= this.#leaf.length) this.#leaf = new Uint8Array(2 * data.length + 1);
		this.#leaf.set(data, 1);
		this.#into(this.#leaf.subarray(0, data.length + 1), out, at);
	}
	node(left, right) {
		const out = new Uint8Array(32);
		this.#node.set(left, 1);
		this.#node.set(right, 33);
		this.#into(this.#node, out, 0);
		return out;
	}
	pairInto(source, from, out, at) {
		this.#node.set(source.subarray(from, from + 64), 1);
		this.#into(this.#node, out, at);
	}
};
const hashAt = (flat, index) => flat.subarray(index * 32, (index + 1) * 32);

const toBase64 = (bytes) => base64.encode(bytes);
function fromBase64(format, text) {
	try {
		const bytes = base64.decode(text);
		if (base64.encode(bytes) === text) return bytes;
	} catch {}
	throw new LedgerFormatError(format, "bad base64");
}

const SIGNATURE_TYPE = {
	note: 1,
	cosignature: 4
};
const KEY_ID_SIZE = 4;
const KEY_NAME = /^[^\p{White_Space}\p{Control}+]+$/u;
const isKeyName = (name) => KEY_NAME.test(name) && name.isWellFormed();
function keyIdOf(hash, key) {
	return hash(concatBytes$1(utf8(`${key.keyName}\n`), Uint8Array.of(key.type), key.publicKey)).slice(0, KEY_ID_SIZE);
}
function formatVerifierKey(hash, key) {
	if (!isKeyName(key.keyName)) throw new LedgerFormatError("verifier-key", "bad name");
	return `${key.keyName}+${toHex(keyIdOf(hash, key))}+${toBase64(concatBytes$1(Uint8Array.of(key.type), key.publicKey))}`;
}
function parseVerifierKey(hash, text) {
	const [keyName, id, material, ...more] = splitKey(text);
	if (keyName === void 0 || id === void 0 || material === void 0 || more.length > 0 || !isKeyName(keyName)) throw new LedgerFormatError("verifier-key", "not <name>+<id>+<key>");
	const bytes = fromBase64("verifier-key", material);
	const type = bytes[0];
	if (type === void 0 || bytes.length < 2) throw new LedgerFormatError("verifier-key", "no key");
	const key = {
		keyName,
		type,
		publicKey: bytes.slice(1)
	};
	if (!/^[0-9a-f]{8}$/.test(id) || toHex(keyIdOf(hash, key)) !== toHex(fromHex(id))) throw new LedgerFormatError("verifier-key", "the id does not fit the key");
	return key;
}
function splitKey(text) {
	const first = text.indexOf("+");
	const second = text.indexOf("+", first + 1);
	return first < 0 || second < 0 ? [] : [
		text.slice(0, first),
		text.slice(first + 1, second),
		text.slice(second + 1)
	];
}

const NOTE_SIZE_MAX = 65536;

const POLICY_ITEMS_MAX = 256;
const POLICY_SIZE_MAX = 262144;
const NONE = "none";
const fail = (line, reason) => {
	throw new LedgerFormatError("tlog-policy", line > 0 ? `line ${line}: ${reason}` : reason);
};
function parsePolicy(hash, text) {
	if (text.length > POLICY_SIZE_MAX || /[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) return fail(0, "a forbidden character, or too long");
	if (text !== "" && !text.endsWith("\n")) return fail(0, "the last line is not ended");
	const reader = new PolicyReader(hash);
	text.split("\n").forEach((line, index) => {
		const words = line.split(/[ \t]+/).filter((word) => word !== "");
		if (words[0]?.startsWith("#") === false) reader.read(index + 1, words);
	});
	return reader.policy();
}
var PolicyReader = class {
	#hash;
	#logs = [];
	#witnesses = [];
	#groups = [];
	#names = /* @__PURE__ */ new Set();
	#members = /* @__PURE__ */ new Set();
	#quorum;
	constructor(hash) {
		this.#hash = hash;
	}
	read(line, [keyword, ...words]) {
		if (this.#logs.length + this.#names.size >= POLICY_ITEMS_MAX) fail(line, "too many items");
		switch (keyword) {
			case "log":
				this.#log(line, words);
				break;
			case "witness":
				this.#witness(line, words);
				break;
			case "group":
				this.#group(line, words);
				break;
			case "quorum":
				this.#setQuorum(line, words);
				break;
			default: fail(line, "unknown keyword");
		}
	}
	policy() {
		const quorum = this.#quorum;
		if (quorum === void 0) return fail(0, "no quorum line");
		return {
			logs: this.#logs,
			witnesses: this.#witnesses,
			groups: this.#groups,
			quorum
		};
	}
	#log(line, [key, url, ...more]) {
		if (key === void 0 || more.length > 0) return fail(line, "not: log <vkey> [<url>]");
		const parsed = this.#key(line, key);
		if (parsed.type !== SIGNATURE_TYPE.note) return fail(line, "not the key of a log");
		if (this.#logs.some((log) => equalBytes$2(log.key.publicKey, parsed.publicKey))) return fail(line, "the same key twice");
		this.#logs.push({
			key: parsed,
			url: url ?? null
		});
	}
	#witness(line, [name, key, url, ...more]) {
		if (name === void 0 || key === void 0 || more.length > 0) return fail(line, "not: witness <name> <vkey> [<url>]");
		const parsed = this.#key(line, key);
		if (parsed.type !== SIGNATURE_TYPE.cosignature) return fail(line, "not the key of a witness");
		if (this.#witnesses.some((known) => equalBytes$2(known.key.publicKey, parsed.publicKey))) return fail(line, "the same key twice");
		this.#define(line, name);
		this.#witnesses.push({
			name,
			key: parsed,
			url: url ?? null
		});
	}
	#group(line, [name, rule, ...members]) {
		if (name === void 0 || rule === void 0 || members.length === 0) return fail(line, "not: group <name> all|any|<k> <name>...");
		for (const member of members) {
			if (!this.#names.has(member)) fail(line, "a member that is not defined before");
			if (this.#members.has(member)) fail(line, "a member twice");
			this.#members.add(member);
		}
		const threshold = rule === "all" ? members.length : rule === "any" ? 1 : /^[1-9][0-9]{0,3}$/.test(rule) ? Number(rule) : 0;
		if (threshold < 1 || threshold > members.length) return fail(line, "a threshold out of range");
		this.#define(line, name);
		this.#groups.push({
			name,
			threshold,
			members
		});
	}
	#setQuorum(line, [name, ...more]) {
		if (this.#quorum !== void 0 || name === void 0 || more.length > 0) return fail(line, "not exactly one: quorum <name>");
		if (name !== NONE && !this.#names.has(name)) return fail(line, "a quorum that is not defined before");
		this.#quorum = name === NONE ? null : name;
	}
	#define(line, name) {
		if (name === NONE || this.#names.has(name)) fail(line, "a name twice");
		this.#names.add(name);
	}
	#key(line, text) {
		try {
			return parseVerifierKey(this.#hash, text);
		} catch {
			return fail(line, "a bad key");
		}
	}
};
function isQuorum(policy, witnessed) {
	const reached = new Set(policy.witnesses.map(({ name }) => name).filter((name) => witnessed.has(name)));
	for (const { name, threshold, members } of policy.groups) if (members.filter((member) => reached.has(member)).length >= threshold) reached.add(name);
	return policy.quorum === null || reached.has(policy.quorum);
}

function largestPower(count) {
	if (count < 2147483648) {
		const level = 31 - Math.clz32(count);
		return {
			power: 2 ** level,
			level
		};
	}
	let level = 31;
	while (2 ** (level + 1) <= count) level++;
	return {
		power: 2 ** level,
		level
	};
}
const splitPoint = (count) => largestPower(count - 1).power;
function subtreesOf(from, to) {
	const refs = [];
	for (let at = from; at < to;) {
		const { power, level } = largestPower(to - at);
		refs.push({
			level,
			index: at / power
		});
		at += power;
	}
	return refs;
}
function foldSubtrees(hasher, hashes) {
	const last = hashes.at(-1);
	if (last === void 0) return hasher.emptyRoot();
	let folded = last;
	for (const left of hashes.slice(0, -1).reverse()) folded = hasher.node(left, folded);
	return folded;
}
function planInclusion(index, size) {
	assertSize(size);
	if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new LedgerRangeError(`leaf ${index} is not in a tree of ${size}`);
	const lines = [];
	let from = 0;
	let to = size;
	while (to - from > 1) {
		const middle = from + splitPoint(to - from);
		if (index < middle) {
			lines.push(subtreesOf(middle, to));
			to = middle;
		} else {
			lines.push(subtreesOf(from, middle));
			from = middle;
		}
	}
	return lines.reverse();
}
function planConsistency(first, second, explicit = false) {
	assertSize(first, "first size");
	assertSize(second, "second size");
	if (first > second) throw new LedgerRangeError(`a tree of ${second} does not continue one of ${first}`);
	if (first === 0) return [];
	if (first === second) return explicit ? [subtreesOf(0, first)] : [];
	const lines = [];
	let from = 0;
	let to = second;
	while (first < to) {
		const middle = from + splitPoint(to - from);
		if (first <= middle) {
			lines.push(subtreesOf(middle, to));
			to = middle;
		} else {
			lines.push(subtreesOf(from, middle));
			from = middle;
		}
	}
	if (from > 0 || explicit) lines.push(subtreesOf(from, to));
	return lines.reverse();
}
function buildProof(hasher, plan, read) {
	return plan.map((line) => foldSubtrees(hasher, line.map(({ level, index }) => read(level, index))));
}
function buildRoot(hasher, size, read) {
	assertSize(size);
	return foldSubtrees(hasher, subtreesOf(0, size).map(({ level, index }) => read(level, index)));
}

const PROOF_LINES_MAX = 63;
const isSize = (size) => Number.isSafeInteger(size) && size >= 0;
const areHashes = (hashes) => hashes.every((hash) => hash.length === 32);
const half = (value) => Math.floor(value / 2);
function rootFromInclusion(hasher, index, size, leafHash, proof) {
	if (!isSize(index) || !isSize(size) || index >= size || proof.length > 63) return null;
	if (leafHash.length !== 32 || !areHashes(proof)) return null;
	let first = index;
	let last = size - 1;
	let root = leafHash;
	for (const line of proof) {
		if (last === 0) return null;
		if (first % 2 === 1 || first === last) {
			root = hasher.node(line, root);
			while (first % 2 === 0 && first !== 0) {
				first = half(first);
				last = half(last);
			}
		} else root = hasher.node(root, line);
		first = half(first);
		last = half(last);
	}
	return last === 0 ? root : null;
}
function verifyInclusion(hasher, claim, proof) {
	const root = rootFromInclusion(hasher, claim.index, claim.size, claim.leafHash, proof);
	return root !== null && equalBytes$2(root, claim.root);
}

const zEquivocation = strictObject({
	v: literal(1),
	kind: _enum(["fork", "prefix"]),
	origin: string().min(1).max(300),
	first: string().max(NOTE_SIZE_MAX),
	second: string().max(NOTE_SIZE_MAX),
	lines: array(zHash).max(63 + 1)
});

const FIRST_CAPACITY = 64;
var MerkleTree = class MerkleTree {
	#hasher;
	#levels;
	constructor(hasher, leafHashes = /* @__PURE__ */ new Uint8Array(0)) {
		this.#levels = [];
		this.node = (level, index) => {
			const held = this.#levels[level];
			if (held === void 0 || index < 0 || index >= held.count) throw new LedgerRangeError(`no node ${level}/${index} in a tree of ${this.size}`);
			return hashAt(held.buffer, index);
		};
		this.#hasher = hasher;
		this.appendAll(leafHashes);
	}
	static overRecords(hasher, records) {
		const flat = new Uint8Array(records.length * 32);
		records.forEach((record, index) => {
			hasher.leafInto(record, flat, index * 32);
		});
		return new MerkleTree(hasher, flat);
	}
	get size() {
		return this.#levels[0]?.count ?? 0;
	}
	appendAll(leafHashes) {
		if (leafHashes.length % 32 !== 0) throw new LedgerRangeError("leaf hashes are not a whole number of hashes");
		const added = leafHashes.length / 32;
		if (added === 0) return;
		const leaves = this.#level(0, added);
		leaves.buffer.set(leafHashes, leaves.count * 32);
		leaves.count += added;
		for (let height = 0;; height++) {
			const below = this.#level(height, 0);
			const done = this.#levels[height + 1]?.count ?? 0;
			const pairs = Math.floor(below.count / 2);
			if (pairs <= done) break;
			const level = this.#level(height + 1, pairs - done);
			for (let pair = done; pair < pairs; pair++) this.#hasher.pairInto(below.buffer, 2 * pair * 32, level.buffer, pair * 32);
			level.count = pairs;
		}
	}
	leafHash(index) {
		return this.node(0, index).slice();
	}
	root(size = this.size) {
		this.#assertWithin(size);
		return buildRoot(this.#hasher, size, this.node).slice();
	}
	inclusionProof(index, size = this.size) {
		this.#assertWithin(size);
		return this.#copy(buildProof(this.#hasher, planInclusion(index, size), this.node));
	}
	consistencyProof(first, second = this.size, explicit = false) {
		this.#assertWithin(second);
		return this.#copy(buildProof(this.#hasher, planConsistency(first, second, explicit), this.node));
	}
	#copy(hashes) {
		return hashes.map((hash) => hash.slice());
	}
	#assertWithin(size) {
		assertSize(size);
		if (size > this.size) throw new LedgerRangeError(`the tree has ${this.size} leaves, not ${size}`);
	}
	#level(height, more) {
		const level = this.#levels[height] ??= {
			buffer: new Uint8Array(FIRST_CAPACITY * 32),
			count: 0
		};
		const needed = (level.count + more) * 32;
		if (needed > level.buffer.length) {
			const buffer = new Uint8Array(Math.max(needed, 2 * level.buffer.length));
			buffer.set(level.buffer.subarray(0, level.count * 32));
			level.buffer = buffer;
		}
		return level;
	}
};

const zPolicyFact = object$1({ witnessPolicy: string().max(2e4) });
const JUDGES = "judging-sites";
const OTHERS = "other-witnesses";
const JUDGED = "quorum-with-a-judging-site";
function witnessPolicyFault(state, facts) {
	const read = zPolicyFact.safeParse(facts);
	if (!read.success) return fault("E_INPUT", "facts.witnessPolicy: the installation names no witnesses");
	const profile = profileFor(state);
	const standing = readPolicy(profile, read.data.witnessPolicy);
	if (standing === null || demandOf(profile, standing) === null) return fault("E_INPUT", "witnessPolicy: the installation asks no quorum of witnesses; lots need one");
	const owed = withJudges(state, standing);
	if (owed === null) return fault("E_NO_JUDGING_WITNESS", "venues: none but the main venue has a witness; name a sub-venue or the supervision authority whose site witnesses, and admit its node");
	if (witnessDemand(profile, state.setup.witnessPolicy) === demandOf(profile, owed)) return null;
	return fault("E_INPUT", "witnessPolicy: it asks another quorum, or other witnesses, than the policy of the installation with a site that judges this lot; revise the lot with the text of /log/<origin>/policy");
}
function withJudges(state, standing) {
	const names = standing.witnesses.map(({ name }) => name);
	const judges = names.filter((name) => isJudging(state, name));
	const others = names.filter((name) => !judges.includes(name));
	if (judges.length === 0 || standing.quorum === null) return null;
	if (!isQuorum(standing, new Set(others))) return standing;
	const [group, ...more] = standing.groups;
	if (group?.name !== standing.quorum || more.length > 0 || group.members.length < names.length) return null;
	const judging = {
		name: JUDGES,
		threshold: 1,
		members: judges
	};
	if (group.threshold === 1) return {
		...standing,
		groups: [judging],
		quorum: JUDGES
	};
	const rest = {
		name: OTHERS,
		threshold: group.threshold - 1,
		members: others
	};
	const both = {
		name: JUDGED,
		threshold: 2,
		members: [JUDGES, OTHERS]
	};
	return {
		...standing,
		groups: [
			judging,
			rest,
			both
		],
		quorum: JUDGED
	};
}
const isJudging = (state, site) => state.setup.venues.some(({ venue, role }) => venue === site && role !== "main") && Object.values(state.parties).some(({ venue, roles }) => venue === site && roles.includes("node"));
function readPolicy({ hash }, text) {
	try {
		return parsePolicy(hash, text);
	} catch {
		return null;
	}
}
function witnessDemand(profile, text) {
	const policy = readPolicy(profile, text);
	return policy === null ? null : demandOf(profile, policy);
}
function demandOf({ hash }, { witnesses, groups, quorum }) {
	const demands = new Map(witnesses.map(({ name, key }) => [name, formatVerifierKey(hash, key)]));
	for (const { name, threshold, members } of groups) demands.set(name, `(${threshold} of ${members.map((member) => demands.get(member) ?? "?").sort().join(" ")})`);
	return quorum === null ? null : demands.get(quorum) ?? null;
}

const KEEPER_ROLES = [
	"node",
	"tenderer",
	"agency",
	"supervisor",
	"witness"
];

const keeperPlan = (state, purpose) => purpose === "bids" ? state.setup.keepers.bids : state.setup.keepers.sheets;
const ringOf = (state) => ({
	profile: profileFor(state),
	origin: state.origin,
	keepers: (purpose) => {
		const keys = own(state.keepers.published, purpose) ?? {};
		const { parties, threshold } = keeperPlan(state, purpose);
		return {
			keepers: parties.flatMap((party) => {
				const publicKey = own(keys, party);
				return publicKey === void 0 ? [] : [{
					party,
					publicKey
				}];
			}),
			threshold,
			missing: parties.find((party) => own(keys, party) === void 0) ?? null
		};
	},
	releases: (purpose) => Object.entries(own(state.keepers.released, purpose) ?? {}).flatMap(([party, seq]) => {
		const privateKey = disclosed(state, seq, "x:private-key");
		return typeof privateKey === "string" ? [{
			party,
			privateKey
		}] : [];
	}),
	part: (seq, name) => disclosed(state, seq, name)
});
const isReleased = (state, purpose) => Object.keys(own(state.keepers.released, purpose) ?? {}).length >= keeperPlan(state, purpose).threshold;
const isSpent = (state, purpose) => Object.keys(own(state.keepers.released, purpose) ?? {}).length > 0;

const OFFICE_ENDS_MS = 648e5;
const DRILL_MS_MIN = 36e5;
function drillTimes({ setup: { keepers, schedule, ruleSet } }) {
	if (keepers.drill !== true || schedule === null || ruleSet === null) return null;
	const from = startOfDate(workingDayBefore(dateInChina(schedule.deadline), ruleSet.calendar));
	return {
		from,
		until: addMs(from, OFFICE_ENDS_MS)
	};
}
function drillOf({ keepers: { drill }, setup: { schedule } }) {
	return drill !== null && drill.deadline === schedule?.deadline ? drill : null;
}
const earlier = (one, other) => one < other ? one : other;
const later = (one, other) => one < other ? other : one;
function undrilled(state) {
	const answered = drillOf(state)?.answered;
	return answered === void 0 ? [] : keeperPlan(state, BIDS_PURPOSE).parties.filter((party) => own(answered, party) === void 0);
}
const drillCommands = {
	"sealing.begin-drill": command({
		schema: zBeginDrill,
		roles: ["node"],
		states: ["SUBMISSION_OPEN"],
		assurance: "node",
		decide: (state, { party, payload: { challenge } }, { at }) => {
			if (party !== "node:main") return refuse("FORBIDDEN", "the main venue begins the drill");
			const times = drillTimes(state);
			const deadline = state.setup.schedule?.deadline ?? "";
			if (times === null) return refuse("E_INPUT", "this lot asks for no drill of its trustees");
			if (at < times.from) return refuse("E_TOO_EARLY", `the drill begins at ${times.from}`);
			if (at >= deadline) return refuse("E_DEADLINE_PASSED", "the deadline for bids has passed");
			if (drillOf(state) !== null) return refuse("E_ALREADY_DONE", "the drill before this deadline has begun");
			const least = addMs(at, DRILL_MS_MIN);
			const until = at < times.until ? earlier(deadline, later(times.until, least)) : deadline;
			return accept([{
				type: "sealing.drill-begun",
				at,
				challenge,
				deadline,
				until
			}]);
		}
	}),
	"sealing.answer-drill": command({
		schema: zAnswerDrill,
		roles: KEEPER_ROLES,
		states: ["SUBMISSION_OPEN"],
		assurance: "session",
		decide: (state, { payload: { proof }, party }, { at }) => {
			const drill = drillOf(state);
			if (!keeperPlan(state, "bids").parties.includes(party)) return refuse("FORBIDDEN", "you keep no share of the bids");
			if (drill === null) return refuse("E_TOO_EARLY", "the drill has not begun");
			if (own(drill.answered, party) !== void 0) return refuse("E_ALREADY_DONE", "you have answered the drill");
			const place = {
				origin: state.origin,
				purpose: BIDS_PURPOSE,
				party
			};
			const published = own(own(state.keepers.published, "bids") ?? {}, party) ?? "";
			return checkDrill(profileFor(state), place, drill.challenge, published, proof) ? accept([{
				type: "sealing.drill-answered",
				at,
				party
			}]) : refuse("E_KEY_MISMATCH", "proof: it is not made with the key that you published");
		}
	})
};
function drillDuties(state, party) {
	if (state.status !== "SUBMISSION_OPEN") return [];
	const drill = drillOf(state);
	if (drill !== null) return undrilled(state).includes(party) ? [duty("sealing.answer-drill", BIDS_PURPOSE, null, drill.until)] : [];
	const times = drillTimes(state);
	return times !== null && party === "node:main" ? [duty("sealing.begin-drill", "", times.from)] : [];
}
function keepersLimits(state) {
	const parties = undrilled(state);
	return state.status === "SUBMISSION_OPEN" && parties.length > 0 ? limit$1("drill", drillOf(state)?.until, parties) : [];
}

const seesCiphertext = (viewer, _state, entry) => viewer.party !== null && (viewer.party === entry.party || viewer.party === "node:main" || viewer.roles.includes("supervisor"));

const VERDICTS = [
	"VALID",
	"INVALID_BOX",
	"INVALID_SHEET"
];
const initialSealedStep = {
	attempt: 1,
	boxes: {},
	opened: {},
	corrections: {},
	owed: [],
	closedAt: null
};
const purposeOf = (base, attempt) => attempt === 1 ? base : `${base}${base.includes(":") ? "." : ":"}${attempt}`;
const sheetPart = (member) => `sheet:${member}`;
const boxSubmitted = (step, member, sheet) => ({
	...step,
	boxes: {
		...step.boxes,
		[member]: sheet
	}
});
function sheetsOpened(step, verdicts, owed, seq) {
	const opened = Object.fromEntries(Object.entries(verdicts).map(([member, verdict]) => [member, {
		seq,
		verdict
	}]));
	return {
		...step,
		boxes: {},
		opened: {
			...step.opened,
			...opened
		},
		owed
	};
}
const corrected = (step, member, owed, seq) => ({
	...step,
	corrections: {
		...step.corrections,
		[member]: [...own(step.corrections, member) ?? [], seq]
	},
	owed
});
const closed = (step, at) => ({
	...step,
	owed: [],
	closedAt: at
});
const without = (record, key) => Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
function withoutMember(step, member, isSpent) {
	return {
		attempt: isSpent ? step.attempt + 1 : step.attempt,
		boxes: without(step.boxes, member),
		opened: without(step.opened, member),
		corrections: without(step.corrections, member),
		owed: step.owed.filter((party) => party !== member),
		closedAt: null
	};
}
const begunAgain = (step, isSpent) => ({
	...initialSealedStep,
	attempt: isSpent ? step.attempt + 1 : step.attempt
});
const reopenedFor = (step, owed) => ({
	...step,
	owed,
	closedAt: null
});
const sheetsOwed = ({ members }, step) => members.filter((member) => own(step.boxes, member) === void 0 && own(step.opened, member) === void 0);
const isFull = (roster, step) => step.closedAt === null && Object.keys(step.boxes).length > 0 && roster.isComplete && sheetsOwed(roster, step).length === 0;

function manifestFault(ring, purpose, context, manifest) {
	const read = zBoxManifest.safeParse(manifest);
	if (!read.success) return {
		code: "E_NOT_ENCRYPTED",
		message: `manifest.${firstIssue(read.error)}`
	};
	const { keepers, threshold, missing } = ring.keepers(purpose);
	if (missing !== null) return {
		code: "E_KEY_MISSING",
		message: `${missing} has published no key for ${purpose}`
	};
	const fault = checkKeepers(read.data, keepers, {
		purpose,
		context,
		threshold
	});
	return fault === null ? null : {
		code: "E_BOX_INVALID",
		message: fault.message
	};
}
const recoverBox = (ring, manifest) => recoverMaster(ring.profile, manifest, ring.releases(manifest.purpose));
function boxFault(ring, purpose, handed) {
	const { manifest } = handed.payload;
	const fault = manifestFault(ring, purpose, boxContext(ring.origin, handed.party, purpose), manifest);
	if (fault !== null) return refuse(fault.code, fault.message);
	return tested(handed, "ciphertext", (ciphertext) => ciphertextFault(ring, manifest, ciphertext));
}
function ciphertextFault(ring, manifest, ciphertext) {
	const facts = zBoxManifest.safeParse(manifest);
	const bytes = bytesOf$1(ciphertext);
	if (!facts.success || bytes === null) return refuse("E_INPUT", "secrets.ciphertext: missing");
	const { hash, size } = facts.data.ciphertext;
	if (bytes.length !== size || ring.profile.hashHex(bytes) !== hash) return refuse("E_BOX_INVALID", "the ciphertext is not the one the manifest names");
	return null;
}
function bytesOf$1(text) {
	try {
		return typeof text === "string" ? fromBase64Url(text) : null;
	} catch {
		return null;
	}
}
function judgeBox(ring, sheet) {
	const read = zBoxManifest.safeParse(sheet.manifest);
	const ciphertext = bytesOf$1(ring.part(sheet.seq, "x:ciphertext"));
	if (!read.success || ciphertext === null) return {
		verdict: "INVALID_BOX",
		master: null
	};
	const manifest = read.data;
	const recovery = recoverBox(ring, manifest);
	if (recovery.status === "waiting") return null;
	if (recovery.status === "invalid") return {
		verdict: "INVALID_BOX",
		master: null
	};
	const { master } = recovery;
	const opened = openBox(ring.profile, manifest, ciphertext, master);
	const salt = plaintextSalt(ring.profile, manifest, master);
	if (!opened.ok || salt === null) return {
		verdict: "INVALID_BOX",
		master
	};
	const text = canonicalTextOf(opened.content);
	return text === null ? {
		verdict: "INVALID_SHEET",
		master
	} : {
		verdict: "VALID",
		master,
		opening: {
			salt,
			text
		}
	};
}
function canonicalTextOf(content) {
	try {
		const text = fromUtf8(content);
		parseCanonical(text);
		return text;
	} catch {
		return null;
	}
}

const zSubmitSheet = strictObject({ manifest: zJsonObject });
const zCiphertext = zBytes.min(1).max(4e5);
const zMasters = record$2(zName, zBytes.max(100).nullable());
const zAnything = custom((value) => value !== void 0);

const overlay = (bids, change) => ({
	...bids,
	...Object.fromEntries(Object.entries(change).map(([bidder, items]) => [bidder, {
		...own(bids, bidder),
		...items
	}]))
});
function contentOf(state, step, member, read) {
	const at = own(step.opened, member);
	const base = at?.verdict === "VALID" ? read(disclosed(state, at.seq, `x:${sheetPart(member)}`)) : {};
	return (own(step.corrections, member) ?? []).reduce((bids, seq) => overlay(bids, read(disclosed(state, seq, "x:correction"))), base);
}

function submitFault(ring, purpose, step, asked) {
	if (Object.hasOwn(step.boxes, asked.party) || Object.hasOwn(step.opened, asked.party)) return refuse("E_ALREADY_DONE", "what you handed in first stands");
	return boxFault(ring, purpose, asked);
}
function openAll(ring, step, { roster, isTimeDue }, asked) {
	if (step.closedAt !== null) return refuse("E_ALREADY_DONE", "the sheets of this step are opened");
	if (!isFull(roster, step)) return refuse("E_STEP_BARRIER", "there is no box to open, or a member still owes a sheet");
	if (isTimeDue) return refuse("E_STEP_BARRIER", "the time that members asked for is not granted yet");
	return openBoxes(ring, step.boxes, asked);
}
function openBoxes(ring, boxes, asked) {
	const masters = zMasters.safeParse(asked.opened["masters"]);
	if (!masters.success) return refuse("E_INPUT", "secrets.masters: missing");
	const names = /* @__PURE__ */ new Set([...Object.keys(boxes).map(sheetPart), "masters"]);
	const extra = Object.keys(asked.secrets).find((name) => !names.has(name));
	if (extra !== void 0) return refuse("E_INPUT", `secrets.${extra}: there is no such box`);
	const verdicts = {};
	const contents = {};
	for (const [member, box] of Object.entries(boxes)) {
		const judged = judgeBox(ring, box);
		if (judged === null) return refuse("E_STEP_BARRIER", "fewer keepers than needed have released their keys");
		if (own(masters.data, member) !== judged.master) return refuse("E_INPUT", `secrets.masters.${member}: not what the keys give`);
		const given = own(asked.secrets, sheetPart(member));
		if (judged.verdict === "VALID") {
			if (given !== box.manifest["plaintext"]) return refuse("OPENING_MISMATCH", `secrets.${sheetPart(member)}: not what the member committed to`);
			contents[member] = own(asked.opened, sheetPart(member)) ?? null;
		} else if (given !== void 0) return refuse("E_INPUT", `secrets.${sheetPart(member)}: this box holds no sheet`);
		verdicts[member] = judged.verdict;
	}
	return {
		verdicts,
		contents
	};
}
function readSheets({ verdicts, contents }, read) {
	const judged = { ...verdicts };
	const sheets = {};
	for (const [member, content] of Object.entries(contents)) {
		const sheet = read(content);
		if (sheet === null) judged[member] = "INVALID_SHEET";
		else sheets[member] = sheet;
	}
	return {
		verdicts: judged,
		sheets
	};
}

const zContributors = array(zName).min(2).max(20);
const zNonce = string().regex(/^[A-Za-z0-9_-]{16,120}$/);
function sealedNonce(isOpened) {
	const seesBox = (viewer, state, entry, part) => isOpened(state) || seesCiphertext(viewer, state, entry, part);
	return {
		schema: strictObject({ manifest: zJsonObject }),
		secrets: { ciphertext: zCiphertext },
		audience: { "x:ciphertext": seesBox }
	};
}
const OPENED_NONCES = {
	secrets: {
		masters: zMasters,
		"sheet:*": zAnything
	},
	audience: {
		"x:masters": everybody,
		"x:sheet:*": everybody
	}
};
const missingNonce = ({ contributors, boxes }) => contributors.find((party) => own(boxes, party) === void 0) ?? null;
function contributorsFault(state, contributors, field) {
	if (new Set(contributors).size !== contributors.length) return refuse("E_INPUT", `${field}: one is named twice`);
	const stranger = contributors.find((party) => own(state.parties, party) === void 0);
	if (stranger !== void 0) return refuse("E_INPUT", `${field}: ${stranger} has no part in this lot`);
	return contributors.some((party) => hasRole(state, party, "supervisor") || hasRole(state, party, "witness") || isSupervisionNode(state, party)) ? null : refuse("E_INPUT", `${field}: the supervision authority or the witness contributes`);
}
const isSupervisionNode = (state, party) => hasRole(state, party, "node") && state.setup.venues.some(({ venue, role }) => role === "supervision" && venue === venueOf(state, party));
function nonceFault(state, purpose, { contributors, boxes }, handed) {
	const { party } = handed;
	if (!contributors.includes(party)) return refuse("FORBIDDEN", "the plan does not name you as a contributor");
	if (own(boxes, party) !== void 0) return refuse("E_ALREADY_DONE", "your nonce is sealed");
	return boxFault(ringOf(state), purpose, handed);
}
function openNonces(state, boxes, asked) {
	const opening = openBoxes(ringOf(state), boxes, asked);
	if (!("verdicts" in opening)) return opening;
	const nonces = {};
	const empty = [];
	for (const [party, { manifest }] of Object.entries(boxes)) {
		const nonce = zNonce.safeParse(opening.contents[party]);
		if (!nonce.success) empty.push(party);
		nonces[party] = nonce.success ? nonce.data : textOf(manifest["plaintext"]);
	}
	return {
		nonces,
		void: empty
	};
}

const zKeyPublished = strictObject({
	type: literal("sealing.key-published"),
	purpose: string().max(80),
	party: zName,
	publicKey: zBytes.max(400)
});
const zKeyReleased = strictObject({
	type: literal("sealing.key-released"),
	purpose: string().max(80),
	party: zName
});
const zDrillBegun = strictObject({
	type: literal("sealing.drill-begun"),
	at: zInstant,
	challenge: zBytes.max(100),
	deadline: zInstant,
	until: zInstant
});
const zDrillAnswered = strictObject({
	type: literal("sealing.drill-answered"),
	at: zInstant,
	party: zName
});

const initialKeepers = {
	published: {},
	released: {},
	drill: null
};
const keepersEvents = {
	"sealing.key-published": event({
		schema: zKeyPublished,
		evolve: (state, { purpose, party, publicKey }) => {
			const { published } = state.keepers;
			const keys = {
				...published[purpose],
				[party]: publicKey
			};
			return {
				...state,
				keepers: {
					...state.keepers,
					published: {
						...published,
						[purpose]: keys
					}
				}
			};
		}
	}),
	"sealing.key-released": event({
		schema: zKeyReleased,
		evolve: (state, { purpose, party }, { header: { seq } }) => {
			const { released } = state.keepers;
			return {
				...state,
				keepers: {
					...state.keepers,
					released: {
						...released,
						[purpose]: {
							...released[purpose],
							[party]: seq
						}
					}
				}
			};
		}
	}),
	"sealing.drill-begun": event({
		schema: zDrillBegun,
		evolve: (state, { at, challenge, deadline, until }) => {
			return {
				...state,
				keepers: {
					...state.keepers,
					drill: {
						challenge,
						begunAt: at,
						deadline,
						until,
						answered: {}
					}
				}
			};
		}
	}),
	"sealing.drill-answered": event({
		schema: zDrillAnswered,
		evolve: (state, { at, party }) => {
			const { drill } = state.keepers;
			if (drill === null) return withFault(state, "no drill has begun");
			return {
				...state,
				keepers: {
					...state.keepers,
					drill: {
						...drill,
						answered: {
							...drill.answered,
							[party]: at
						}
					}
				}
			};
		}
	})
};

function electionOutcome(ballots) {
	const votes = /* @__PURE__ */ new Map();
	for (const candidate of Object.values(ballots)) votes.set(candidate, (votes.get(candidate) ?? 0) + 1);
	const most = Math.max(...votes.values());
	const leaders = [...votes].filter(([, count]) => count === most).map(([candidate]) => candidate);
	const [chair, ...others] = leaders;
	return chair !== void 0 && others.length === 0 ? { chair } : { tied: leaders.sort() };
}

const RECUSAL_CAUSES = [
	"RELATIVE",
	"EMPLOYMENT",
	"ECONOMIC_INTEREST",
	"SUPERVISION_STAFF",
	"PAST_PUNISHMENT",
	"OTHER_INFLUENCE"
];
const REPLACEMENT_CAUSES = [
	"RECUSAL",
	"ILLNESS",
	"LEFT",
	"NO_SHOW",
	"VIOLATION",
	"COMMITTEE_REFORMED"
];
const SAID_CAUSES = [
	"RECUSAL",
	"ILLNESS",
	"LEFT",
	"NO_SHOW",
	"VIOLATION"
];
const zSignIn = strictObject({
	venue: zName,
	seat: zName
});
const zAttestKey = strictObject({ key: zBytes.max(100) });
const zPledge = discriminatedUnion("recusal", [strictObject({
	recusal: literal(false),
	discipline: literal(true)
}), strictObject({
	recusal: literal(true),
	cause: _enum(RECUSAL_CAUSES)
})]);
const zElectChair = strictObject({ round: int().min(1).max(99) });
const zDesignateChair = strictObject({ member: zName });
const zChairBallot = strictObject({ candidate: zName });
const zReplaceMember = strictObject({
	member: zName,
	cause: _enum(SAID_CAUSES),
	reason: string().min(1).max(2e3)
});
const zRequestMoreTime = strictObject({ reason: string().min(1).max(1e3) });
const zExtendTime = strictObject({ until: zInstant });

const EVALUATION_STEPS = [
	"review",
	"few-bids",
	...SCORE_PARTS.map(scoresStep),
	"aggregate"
];
function plannedSteps(state) {
	const items = state.setup.rules?.items ?? [];
	return EVALUATION_STEPS.filter((step) => {
		if (step === "few-bids") return false;
		return !step.startsWith("scores:") || items.some((item) => scoresStep(item.part) === step);
	});
}
function stepAfter(state, step) {
	const order = EVALUATION_STEPS.indexOf(step);
	return plannedSteps(state).find((next) => EVALUATION_STEPS.indexOf(next) > order) ?? "aggregate";
}
const openStep = (step, at) => ({
	type: "committee.step-opened",
	step,
	at
});
function stepFault$1(state, asked, kind) {
	const { step } = state.committee;
	if (step === null || !kind(step)) return refuse("WRONG_STEP", `the open step is ${step ?? "none"}`);
	if (asked.step !== step) return refuse("WRONG_STEP", `the command is for ${asked.step || "no step"}, the open step is ${step}`);
	return null;
}
const GATHERING_STATES = [
	"OPENED",
	"QUALIFICATION_BY_PURCHASER",
	"COMMITTEE_READY",
	"EVALUATING",
	"RE_EVALUATION"
];

const zSignedIn$1 = of("committee.signed-in", {
	member: zName,
	venue: zName,
	seat: zName,
	at: zInstant
});
const zKeyBound = of("committee.key-bound", {
	member: zName,
	key: zBytes,
	at: zInstant
});
const zKeyAttested = of("committee.key-attested", {
	key: zBytes,
	at: zInstant
});
const zPledged = of("committee.pledged", {
	member: zName,
	at: zInstant
});
const zExcused = of("committee.excused", {
	member: zName,
	cause: _enum([...RECUSAL_CAUSES, ...REPLACEMENT_CAUSES]),
	at: zInstant
});
const zFormed = of("committee.formed", {
	at: zInstant,
	members: array(zName)
});
const zBallotCast = of("committee.ballot-cast", {
	member: zName,
	round: int()
});
const zChairTied = of("committee.chair-tied", {
	round: int(),
	tied: array(zName)
});
const zChairElected = of("committee.chair-elected", {
	round: int(),
	chair: zName
});
const zChairDesignated = of("committee.chair-designated", {
	by: zName,
	chair: zName,
	at: zInstant
});
const zEvaluationStarted = of("committee.evaluation-started", { at: zInstant });
const zStepOpened = of("committee.step-opened", {
	step: _enum(EVALUATION_STEPS),
	at: zInstant
});
const zMoreTimeAsked = of("committee.more-time-asked", {
	member: zName,
	due: boolean()
});
const zMoreTimeGranted = of("committee.more-time-granted", { until: zInstant });
const zReopened = of("committee.reopened", {
	committee: _enum(["same", "new"]),
	at: zInstant
});

const MEMBER_ROLES = ["expert", "tenderer-representative"];
const membersOf = (state) => Object.keys(state.parties).filter((party) => isMember(state, party)).sort();
const isMember = (state, party) => own(state.committee.excused, party) === void 0 && MEMBER_ROLES.some((role) => own(state.parties, party)?.roles.includes(role) === true);
const isRepresentative = (state, party) => own(state.parties, party)?.roles.includes("tenderer-representative") === true;
const presenceOf = (state, party) => own(state.committee.present, party);
const isSeated = (state, party) => isMember(state, party) && (presenceOf(state, party)?.pledgedAt ?? null) !== null;
function isComplete(state) {
	const members = membersOf(state);
	return members.length === state.setup.rules?.committee.members && members.every((party) => isSeated(state, party));
}
const isChairDesignated = (state) => state.setup.rules?.chair === "designated";
const isInsider = (viewer, state) => viewer.party !== null && (isMember(state, viewer.party) || viewer.roles.includes("supervisor") || viewer.party === "node:main");
const rosterOf = (state) => ({
	members: membersOf(state),
	isComplete: isComplete(state)
});

function seatFault$1(state, party) {
	if (!isMember(state, party)) return refuse("FORBIDDEN", "you are not a member of the committee any more");
	if (presenceOf(state, party) === void 0) return refuse("E_NOT_SIGNED_IN", "sign in at your seat first");
	if (!isSeated(state, party)) return refuse("E_NOT_SIGNED_IN", "give the pledge first");
	return null;
}

const KEYS_OF_MEMBER_MAX = 16;
const ACTING_STATES = [
	...GATHERING_STATES,
	"REPORT_SIGNING",
	"EVALUATED",
	"REPORT_REVIEW",
	"CANDIDATE_PUBLICITY",
	"AWARDING"
];
const keysOf = (state, member) => Object.keys(state.committee.keys).filter((key) => state.committee.keys[key]?.member === member);
function lotKeyFault(state, { party, key }, bindsKey) {
	if (!isMember(state, party)) return key === void 0 ? null : refuse("E_INPUT", "actor.key: members of the evaluation committee alone act by a key of the lot");
	if (key === void 0) return refuse("E_KEY_NOT_BOUND", "actor.key: name the key of this lot that signs beside your own");
	const bound = own(state.committee.keys, key);
	if (bound !== void 0) return bound.member === party ? null : refuse("E_INPUT", "actor.key: is bound to another member");
	if (!bindsKey) return refuse("E_KEY_NOT_BOUND", "bind this key to yourself first (committee.bind-key)");
	if (decodePublicKey(key)?.kind !== "command") return refuse("E_INPUT", "actor.key: not a key that signs commands");
	return keysOf(state, party).length < KEYS_OF_MEMBER_MAX ? null : refuse("QUOTA_EXCEEDED", `you have ${KEYS_OF_MEMBER_MAX} keys in this lot; go on with one of them`);
}
const bound = (state, { party, key }, at) => key === null || own(state.committee.keys, key) !== void 0 ? [] : [{
	type: "committee.key-bound",
	member: party,
	key,
	at
}];
const attestedBy = (state, node) => Object.entries(state.committee.keys).filter(([, { member, attestedAt }]) => attestedAt === null && isMember(state, member) && attesterOf(state, member) === node).map(([key]) => key);
function bindKey(state, asked, { at }) {
	if (venueOf(state, asked.party) === null) return refuse("E_NOT_SIGNED_IN", "sign in at your seat first, with this key");
	const events = bound(state, asked, at);
	return events.length === 0 ? refuse("E_ALREADY_DONE", "this key is bound to you") : accept(events);
}
function attestKey(state, { party, payload: { key } }, { at }) {
	const known = own(state.committee.keys, key);
	if (known === void 0) return refuse("E_INPUT", "key: no member has bound it");
	const attester = attesterOf(state, known.member);
	if (attester !== party) return refuse("FORBIDDEN", `${attester ?? "no node"} sees whose key this is`);
	if (known.attestedAt !== null) return refuse("E_ALREADY_DONE", "this key is attested");
	return accept([{
		type: "committee.key-attested",
		key,
		at
	}]);
}
const lotKeyCommands = {
	"committee.bind-key": command({
		schema: zNothing,
		roles: MEMBER_ROLES,
		states: ACTING_STATES,
		assurance: "session",
		bindsKey: true,
		decide: bindKey
	}),
	"committee.attest-key": command({
		schema: zAttestKey,
		roles: ["node"],
		states: ACTING_STATES,
		assurance: "node",
		decide: attestKey
	})
};

const handInFault = (state, { step, sheets }, asked) => seatFault$1(state, asked.party) ?? submitFault(ringOf(state), purposeOf(step, sheets.attempt), sheets, asked);
function openSheetsOf(state, sheets, asked, read) {
	const opening = openAll(ringOf(state), sheets, {
		roster: rosterOf(state),
		isTimeDue: state.committee.moreTime.due
	}, asked);
	return "verdicts" in opening ? readSheets(opening, read) : opening;
}
function owedFault(state, sheets, member) {
	const seat = seatFault$1(state, member);
	if (seat !== null) return seat;
	return sheets.owed.includes(member) ? null : refuse("E_ALREADY_LOCKED", "what you handed in stands: there is no ground to change it");
}
function sheetDuties(state, party, on, openFrom = null) {
	if (state.status !== "EVALUATING" || state.committee.step !== on.step) return [];
	const purpose = purposeOf(on.step, on.sheets.attempt);
	if (isMember(state, party)) {
		if (sheetsOwed(rosterOf(state), on.sheets).includes(party)) return [duty(on.submit, purpose)];
		return on.sheets.owed.includes(party) ? [duty(on.correct, purpose)] : [];
	}
	return party === "node:main" && mayOpen(state, on.sheets) && isReleased(state, purpose) ? [duty(on.open, purpose, openFrom)] : [];
}
const mayOpen = (state, sheets) => isFull(rosterOf(state), sheets) && !state.committee.moreTime.due;
const PAST = [
	...FINAL_STATUSES,
	"AWARDED",
	"CONTRACTED"
];
function sheetPurpose(state, step, sheets, isPlanned) {
	const current = purposeOf(step, sheets.attempt);
	return {
		family: step,
		current,
		isDue: isPlanned && state.status !== "DRAFT" && !PAST.includes(state.status),
		opens: (purpose) => state.status === "EVALUATING" && purpose === current && mayOpen(state, sheets)
	};
}

const WORD_HEX_DIGITS = 16;
const WORD_RANGE = 1n << 64n;
const REJECTIONS_MAX = 100;
function traceCoefficient({ lotCode, secret, contributions, values, hashHex }) {
	const text = [
		lotCode,
		"K",
		secret,
		...[...contributions].sort()
	].join("|");
	const seed = hashHex(text);
	const n = BigInt(values.length);
	const limit = WORD_RANGE / n * n;
	const words = [];
	for (let counter = 0; counter < REJECTIONS_MAX; counter++) {
		const hex = hashHex(`${seed}|${counter}`).slice(0, WORD_HEX_DIGITS);
		const word = BigInt(`0x${hex}`);
		words.push(hex);
		const index = Number(word % n);
		const value = word < limit ? values[index] : void 0;
		if (value !== void 0) return {
			text,
			seed,
			words,
			index,
			value
		};
	}
	throw new Error("no word below the limit");
}
function drawCoefficient(draw) {
	const { seed, value } = traceCoefficient(draw);
	return {
		seed,
		value
	};
}

const zPause = strictObject({ reason: zText });
const zExtract = strictObject({
	bid: zUuid,
	innerHeader: zBytes.max(4e3).nullable()
});
const zDecrypt = strictObject({ bid: zUuid });
const zFileKey = zBytes.min(16).max(64);
const zOpen = strictObject({ bid: zUuid });
const zPartKeys = record$2(zPartId, string().regex(/^AGE-SECRET-KEY-1[0-9A-Z]{58}$/));
const zFailBid = strictObject({
	bid: zUuid,
	result: literal("FILE_CORRUPT"),
	fault: literal("BIDDER"),
	explanation: zText
});
const OUTER_FAULTS = [
	"BODY",
	"COMMITMENT",
	"CONTAINER",
	"INNER_HEADER"
];
const INNER_FAULTS = [
	"INNER_BODY",
	"CONTAINER",
	"INDEX",
	"INDEX_COMMITMENT",
	"OTHER_LOT",
	"OTHER_BIDDER",
	"PART"
];
const zFileFault = strictObject({
	code: _enum([...OUTER_FAULTS, ...INNER_FAULTS]),
	message: string().max(1e3)
});
const FAULT_PARTIES = [
	"BIDDER",
	"PLATFORM",
	"TENDERER",
	"CA",
	"FORCE_MAJEURE",
	"UNDETERMINED"
];
const zRecordFinding = strictObject({
	bid: zUuid,
	result: _enum([
		"WRONG_KEY",
		"CERT_EXPIRED",
		"TIMEOUT",
		"PLATFORM_ERROR"
	]),
	fault: _enum(FAULT_PARTIES),
	explanation: zText
});
const zCountersign = strictObject({ finding: string().max(80) });
const EXTENSION_SECONDS_MAX = 86400;
const zExtendWindow = strictObject({
	seconds: int().min(1).max(EXTENSION_SECONDS_MAX),
	reason: zText
});
const zNameContributors = strictObject({
	contributors: zContributors,
	reason: zText.nullable()
});
const zObject = strictObject({ text: zText });
const zReply = strictObject({
	objection: string().max(80),
	text: zText
});
const zSignRecord = strictObject({ record: zHash });

const at$2 = zInstant;
const text$1 = string().max(4e3);
const zStarted = of("opening.started", {
	at: at$2,
	host: zName
});
const zSignedIn = of("opening.signed-in", {
	at: at$2,
	party: zName
});
const zListPublished = of("opening.list-published", {
	at: at$2,
	bidders: array(strictObject({
		party: zName,
		name: string().max(200)
	}))
});
const zPaused = of("opening.paused", {
	at: at$2,
	by: zName,
	reason: text$1
});
const zResumed = of("opening.resumed", {
	at: at$2,
	lostMs: zLostMs
});
const zWindowExtended = of("opening.window-extended", {
	at: at$2,
	until: zInstant,
	reason: text$1
});
const zBidExtracted = of("opening.bid-extracted", {
	at: at$2,
	bid: zUuid,
	innerHeader: zBytes,
	until: zInstant
});
const zBidDecrypted = of("opening.bid-decrypted", {
	at: at$2,
	bid: zUuid
});
const zBidOpened = of("opening.bid-opened", {
	at: at$2,
	bid: zUuid
});
const zBidFailed = of("opening.bid-failed", {
	at: at$2,
	bid: zUuid,
	result: _enum([
		"WRONG_KEY",
		"CERT_EXPIRED",
		"FILE_CORRUPT",
		"TIMEOUT",
		"PLATFORM_ERROR"
	]),
	fault: _enum(FAULT_PARTIES),
	explanation: text$1
});
const zFindingRecorded = of("opening.finding-recorded", {
	at: at$2,
	by: zName,
	id: string().max(80),
	...zRecordFinding.shape
});
const zFindingCountersigned = of("opening.finding-countersigned", {
	at: at$2,
	bid: zUuid,
	party: zName
});
const zDecryptionClosed = of("opening.decryption-closed", {
	at: at$2,
	opened: int().min(0),
	next: _enum(["COEFFICIENT_DRAW", "READ_OUT"]),
	k: zDecimal.nullable()
});
const zContributorsNamed = of("opening.contributors-named", {
	at: at$2,
	version: int().min(1),
	contributors: array(zName),
	reason: text$1.nullable()
});
const zContributed$1 = of("opening.contributed", {
	at: at$2,
	party: zName,
	manifest: zJsonObject
});
const zCoefficientDrawn = of("opening.coefficient-drawn", {
	at: at$2,
	seed: string().max(200),
	value: zDecimal,
	nonces: record$2(zName, string().max(200)),
	void: array(zName)
});
const zReadOut = of("opening.read-out", {
	at: at$2,
	until: zInstant
});
const zConfirmed = of("opening.confirmed", {
	at: at$2,
	party: zName
});
const zObjected$1 = of("opening.objected", {
	at: at$2,
	id: string().max(80),
	party: zName,
	text: text$1
});
const zReplied = of("opening.replied", {
	at: at$2,
	id: string().max(80),
	text: text$1
});
const zRecordMade = of("opening.record-made", {
	at: at$2,
	hash: zHash
});
const zRecordSigned = of("opening.record-signed", {
	at: at$2,
	party: zName
});
const zClosed = of("opening.closed", { at: at$2 });

const PROSPECTIVE = "prospective";
const ACTS_MAX = 5e3;
const zDownload = strictObject({ package: zHash });
const QUESTION_CHARS_MAX = 1e3;
const zAsk = strictObject({ text: string().trim().min(1).max(QUESTION_CHARS_MAX) });
const zAnswerObjection$1 = strictObject({
	objection: zUuid,
	text: zText
});
const zDelivery = strictObject({
	bid: zUuid,
	manifest: zBoxManifest,
	innerHeaderHash: zHash,
	indexCommitment: zHash
});
const zReplacement = strictObject({
	...zDelivery.shape,
	replaces: zUuid
});
const zWithdrawal = strictObject({ bid: zUuid });
const zUploadFact = strictObject({
	hash: zHash,
	size: int().min(0),
	complete: boolean(),
	encrypted: boolean()
});
const zRecordedAct = strictObject({
	command: zCommand,
	signer: zSigner,
	signature: zBytes,
	evidence: strictObject({
		chain: array(zBytes),
		revocation: zBytes.nullable()
	}),
	at: zInstant,
	assurance: _enum(["certificate", "session"]),
	upload: zUploadFact.nullable(),
	person: strictObject({
		id: zName,
		name: string().max(60)
	}),
	organisation: strictObject({
		id: zName,
		name: string().max(200)
	}),
	creditCode: string().min(1).max(40),
	certificate: string().max(200),
	platform: strictObject({
		seq: int().min(0),
		index: int().min(0),
		salt: string().max(60)
	})
});
const zActs = array(zRecordedAct).max(ACTS_MAX);

const YES = { ok: true };
const no = (code, message) => ({
	ok: false,
	code,
	message
});
function decideAct(state, before, command, context) {
	if (command.lot !== state.lot || command.round !== state.round) return no("WRONG_LOG", `the act is for another lot than ${state.lot}`);
	if (command.actor.party !== "prospective") return no("NO_PART", `before the lock a bidder acts as ${PROSPECTIVE}`);
	if (state.status !== "SUBMISSION_OPEN") return no("WRONG_STATE", `the lot is ${state.status}, not open for bids`);
	if (context.at >= (state.setup.schedule?.deadline ?? "")) return no("E_DEADLINE_PASSED", "the deadline for bids has passed");
	if (before.isRecorded) return no("ID_REUSED", "this act is recorded");
	const { standing } = before;
	switch (command.type) {
		case "bidding.download": return zDownload.safeParse(command.public).success ? YES : no("E_INPUT", "package: a hash");
		case "bidding.ask": return asked(state, command);
		case "bidding.object": return objected(state, command, context);
		case "bidding.deliver": return delivered(state, before, command, context);
		case "bidding.replace": return replaced(state, before, command, context);
		case "bidding.withdraw": {
			if (context.assurance !== "certificate") return no("ASSURANCE", "the certificate itself must sign");
			const read = zWithdrawal.safeParse(command.public);
			if (!read.success) return no("E_INPUT", firstIssue(read.error));
			return standing?.bid === read.data.bid ? YES : no("NOT_FOUND", "this bid does not stand");
		}
		default: return no("UNKNOWN_TYPE", `${command.type} is no act of a bidder`);
	}
}
function asked({ bidding }, { type, public: payload }) {
	if (!bidding.takesQuestions) return no("UNKNOWN_TYPE", `${type} is not known to the rules of this lot`);
	const read = zAsk.safeParse(payload);
	return read.success ? YES : no("E_INPUT", firstIssue(read.error));
}
function objected(state, { type, public: payload }, { at, assurance }) {
	if (!state.bidding.takesQuestions) return no("UNKNOWN_TYPE", `${type} is not known to the rules of this lot`);
	if (assurance !== "certificate") return no("ASSURANCE", "the certificate itself must sign an objection");
	const read = zAsk.safeParse(payload);
	if (!read.success) return no("E_INPUT", firstIssue(read.error));
	const end = documentObjectionEnd(state);
	return at < end ? YES : no("E_DEADLINE_PASSED", `the time to object to the document ended at ${end}; ask a question, or complain to the authority`);
}
function delivered(state, before, command, context) {
	const read = zDelivery.safeParse(command.public);
	if (!read.success) return no("E_NOT_ENCRYPTED", firstIssue(read.error));
	if (before.standing !== null) return no("E_ALREADY_DONE", "a bid of yours stands; replace or withdraw it");
	return packaged(state, before, read.data, context);
}
function replaced(state, before, command, context) {
	const read = zReplacement.safeParse(command.public);
	if (!read.success) return no("E_NOT_ENCRYPTED", firstIssue(read.error));
	const { replaces, ...delivery } = read.data;
	if (before.standing?.bid !== replaces) return no("NOT_FOUND", "the bid to be replaced does not stand");
	if (delivery.bid === replaces) return no("E_INPUT", "bid: a new bid has a new id");
	return packaged(state, before, delivery, context);
}
function packaged(state, { isTaken }, delivery, by) {
	const { upload, assurance, creditCode } = by;
	if (assurance !== "certificate") return no("ASSURANCE", "the certificate itself must sign a bid");
	const owners = standingsOf(state).filter(({ roles }) => roles.includes("tenderer") || roles.includes("agency"));
	const bidder = {
		party: PROSPECTIVE,
		roles: ["bidder"],
		person: by.person.id,
		organisation: by.organisation.id
	};
	const clash = clashWith(bidder, owners);
	if (clash !== null) return no(clash.code, clash.message);
	if (isTaken(delivery.bid)) return no("E_INPUT", "bid: another bid for this lot has this id; seal the bid under a new one");
	const context = bidContext({
		origin: state.origin,
		bidder: creditCode,
		bid: delivery.bid
	});
	const fault = manifestFault(ringOf(state), BIDS_PURPOSE, context, delivery.manifest);
	if (fault !== null) return no(fault.code, fault.message);
	if (upload?.complete !== true) return no("E_INPUT", "upload: the file has not arrived whole");
	if (!upload.encrypted) return no("E_NOT_ENCRYPTED", "the file is not an encrypted package");
	const { hash, size } = delivery.manifest.ciphertext;
	if (upload.hash !== hash || upload.size !== size) return no("E_BOX_INVALID", "the file is not the one that the manifest names");
	return YES;
}
function standingAfter({ type, public: payload }, before) {
	if (type === "bidding.withdraw") return null;
	if (type === "bidding.deliver") return zDelivery.parse(payload);
	if (type !== "bidding.replace") return before;
	const { replaces: _, ...delivery } = zReplacement.parse(payload);
	return delivery;
}

var ActBook = class {
	#organisations = /* @__PURE__ */ new Map();
	#ids = /* @__PURE__ */ new Set();
	#bids = /* @__PURE__ */ new Map();
	#standing = 0;
	countOf(organisation) {
		return this.#organisations.get(organisation)?.count ?? 0;
	}
	newestOf(organisation) {
		return this.#organisations.get(organisation)?.at ?? "";
	}
	roomFault({ command: { type } }) {
		if (this.#ids.size >= 5e3) return `a lot takes ${String(ACTS_MAX)} acts`;
		return type === "bidding.deliver" && this.#standing >= 300 ? `a lot takes ${String(300)} bids` : null;
	}
	decide(state, act) {
		const { command, organisation } = act;
		const before = {
			isRecorded: this.#ids.has(command.id),
			standing: this.#organisations.get(organisation.id)?.standing?.delivery ?? null,
			isTaken: (bid) => (this.#bids.get(bid) ?? organisation.id) !== organisation.id
		};
		return decideAct(state, before, command, act);
	}
	add(act) {
		const { command, organisation, at } = act;
		const known = this.#organisations.get(organisation.id) ?? {
			count: 0,
			standing: null
		};
		const delivery = standingAfter(command, known.standing?.delivery ?? null);
		const isNew = delivery !== null && delivery.bid !== known.standing?.delivery.bid;
		const standing = isNew ? {
			delivery,
			act,
			number: this.#ids.size
		} : delivery === null ? null : known.standing;
		this.#organisations.set(organisation.id, {
			count: known.count + 1,
			at,
			standing
		});
		this.#standing += Number(standing !== null) - Number(known.standing !== null);
		this.#ids.add(command.id);
		if (isNew) this.#bids.set(delivery.bid, organisation.id);
	}
	standing() {
		return [...this.#organisations.values()].flatMap(({ standing }) => standing ?? []).sort((one, two) => one.number - two.number);
	}
};
function replayActs(state, acts) {
	const book = new ActBook();
	const dropped = [];
	const objections = [];
	for (const act of inOrderOfReceipt(acts, ({ at }) => at)) {
		const { id, type } = act.command;
		const decision = book.decide(state, act);
		if (!decision.ok) {
			dropped.push({
				act: id,
				code: decision.code,
				message: decision.message
			});
			continue;
		}
		book.add(act);
		if (type === "bidding.object" && own(state.bidding.answers, id) === void 0) objections.push(id);
	}
	const standing = book.standing();
	for (const { act } of standing.slice(300)) dropped.push({
		act: act.command.id,
		code: "TOO_LARGE",
		message: `a lot takes ${String(300)} bids`
	});
	return {
		bids: standing.slice(0, 300),
		dropped,
		objections
	};
}
const inOrderOfReceipt = (items, at) => [...items].sort((one, two) => at(one) < at(two) ? -1 : at(one) > at(two) ? 1 : 0);

const zDroppedAct = strictObject({
	act: zUuid,
	code: zName,
	message: string().max(300)
});
const count = int().min(0);
const zListFacts = {
	counts: strictObject({
		downloads: count,
		deliveries: count,
		replacements: count,
		withdrawals: count
	}),
	dropped: array(zDroppedAct),
	platform: array(count)
};
const zLocked = strictObject({
	type: literal("bidding.locked"),
	at: zInstant,
	objections: array(zUuid).min(1).max(ACTS_MAX).exactOptional()
});
const zObjectionAnswered$1 = of("bidding.objection-answered", {
	at: zInstant,
	by: zName,
	objection: zUuid,
	text: string().max(4e3)
});
const zListOpened = strictObject({
	type: literal("bidding.list-opened"),
	at: zInstant,
	bids: array(strictObject({
		bid: zUuid,
		bidder: zName,
		deliveredAt: zInstant,
		manifestHash: zHash,
		ciphertext: strictObject({
			hash: zHash,
			size: count
		}),
		innerHeaderHash: zHash,
		indexCommitment: zHash
	})),
	...zListFacts
});

const isListPublished = ({ opening }) => opening.step !== "WAITING" && opening.step !== "STARTED";
const listedBids = (state) => Object.values(state.bidding.bids).sort((a, b) => a.deliveredAt < b.deliveredAt ? -1 : a.deliveredAt > b.deliveredAt ? 1 : a.bid < b.bid ? -1 : 1);
const bidOf = (state, bidder) => Object.values(state.bidding.bids).find((bid) => bid.bidder === bidder);
function actOf(state, bid) {
	const { listSeq } = state.bidding;
	const read = listSeq === null ? void 0 : zRecordedAct.safeParse(disclosed(state, listSeq, `d:act:${bid}`));
	return read?.success === true ? read.data : null;
}
function manifestOf(state, bid) {
	const read = zDelivery.shape.manifest.safeParse(actOf(state, bid)?.command.public["manifest"]);
	return read.success ? read.data : null;
}
const openDocumentObjections = ({ bidding: { objections, answers } }) => objections.filter((id) => own(answers, id) === void 0);

const LIST_PART = "d:list";
const zSealedList = strictObject({
	acts: zActs,
	...zListFacts
});
function sealedList(bids, acts, dropped) {
	const count = (type) => acts.filter(({ command: { type: given } }) => given === type).length;
	return {
		acts: bids.map(({ act }) => ({ ...act })),
		counts: {
			downloads: count("bidding.download"),
			deliveries: count("bidding.deliver"),
			replacements: count("bidding.replace"),
			withdrawals: count("bidding.withdraw")
		},
		dropped: [...dropped],
		platform: [...new Set(acts.map(({ platform: { seq } }) => seq))].sort((a, b) => a - b)
	};
}
const bidderName = (index) => `bidder-${index + 1}`;
function toldList(state, at) {
	const { seq, listSeq } = state.bidding;
	if (listSeq !== null) return {
		events: [],
		derived: {},
		bidders: toldBefore(state)
	};
	const read = seq === null ? void 0 : zSealedList.safeParse(disclosed(state, seq, LIST_PART));
	if (read?.success !== true) return null;
	const { acts, counts, dropped, platform } = read.data;
	const bids = acts.map((act, index) => listed$1(state, act, bidderName(index)));
	const admitted = acts.map((_act, index) => {
		return {
			type: "lot.party-admitted",
			party: bidderName(index),
			roles: ["bidder"],
			venue: null,
			seat: null
		};
	});
	return {
		events: [{
			type: "bidding.list-opened",
			at,
			bids,
			counts,
			dropped,
			platform
		}, ...admitted],
		derived: secrets(acts),
		bidders: acts.map(({ organisation }, index) => ({
			party: bidderName(index),
			name: organisation.name
		}))
	};
}
const toldBefore = (state) => listedBids(state).map(({ bidder }) => ({
	party: bidder,
	name: bindingOf(state, bidder)?.organisation?.name ?? ""
}));
function listed$1(state, act, bidder) {
	const delivery = standingAfter(act.command, null);
	if (delivery === null) throw new Error("an act on the list delivers a bid");
	const { bid, manifest, innerHeaderHash, indexCommitment } = delivery;
	return {
		bid,
		bidder,
		deliveredAt: act.at,
		manifestHash: profileFor(state).hashHex(canonicalText(manifest)),
		ciphertext: manifest.ciphertext,
		innerHeaderHash,
		indexCommitment
	};
}
function secrets(acts) {
	const parts = {};
	acts.forEach((act, index) => {
		const { person, organisation, certificate } = act;
		const binding = {
			party: bidderName(index),
			person,
			organisation,
			certificate,
			nodeKey: null
		};
		parts[`binding:${bidderName(index)}`] = binding;
		parts[`act:${standingAfter(act.command, null)?.bid ?? ""}`] = act;
	});
	return parts;
}

const zPartners = strictObject({
	form: _enum(["CONSORTIUM", "SUBCONTRACT"]),
	percent: zDecimal.refine((text) => !text.startsWith("-") && Number(text) > 0 && Number(text) <= 100, "not a share"),
	isAllSmall: boolean(),
	isIndependent: boolean()
});
const sheetWith = (price, money) => strictObject({
	v: literal(1),
	price,
	priceWords: string().min(1).max(120),
	duration: string().max(60),
	quality: string().max(200),
	projectLead: string().max(60),
	validityDays: int().min(1).max(3650),
	security: strictObject({
		kind: string().max(60),
		amount: money
	}).nullable(),
	coreBrand: string().min(1).max(100).exactOptional(),
	claims: strictObject({
		smallMicro: boolean(),
		domestic: boolean(),
		partners: zPartners.exactOptional()
	})
});
const zOpeningSheet = sheetWith(zPrice, zMoney);
const zOpenedSheet = sheetWith(zDecimal.refine((text) => !text.startsWith("-") && Number(text) > 0, "not a price"), zDecimal);

const initialBidding = {
	takesQuestions: true,
	lockedAt: null,
	seq: null,
	root: null,
	listSeq: null,
	bids: {},
	counts: {
		downloads: 0,
		deliveries: 0,
		replacements: 0,
		withdrawals: 0
	},
	dropped: [],
	answers: {},
	objections: []
};
const biddingEvents = {
	"bidding.locked": event({
		schema: zLocked,
		evolve: (state, { at, objections = [] }, { header: { seq, parts } }) => {
			const root = own(parts, LIST_PART);
			if (root === void 0) return withFault(state, "locked without a list");
			return moveTo({
				...state,
				bidding: {
					...state.bidding,
					lockedAt: at,
					seq,
					root,
					objections
				}
			}, "SUBMISSION_CLOSED");
		}
	}),
	"bidding.objection-answered": event({
		schema: zObjectionAnswered$1,
		evolve: (state, { at, by, objection, text }, { header: { seq } }) => ({
			...state,
			bidding: {
				...state.bidding,
				answers: {
					...state.bidding.answers,
					[objection]: {
						at,
						by,
						text,
						seq
					}
				}
			}
		})
	}),
	"bidding.list-opened": event({
		schema: zListOpened,
		evolve: (state, { bids, counts, dropped }, { header: { seq: listSeq } }) => ({
			...state,
			bidding: {
				...state.bidding,
				listSeq,
				bids: Object.fromEntries(bids.map((bid) => [bid.bid, bid])),
				counts,
				dropped
			}
		})
	})
};

const areBidsOpenable = ({ status, opening: { step, paused } }) => status === "OPENING" && (step === "LIST_PUBLISHED" || step === "DECRYPTING") && paused === null;
const isDecryptionClosed = ({ opening: { step } }) => step !== "WAITING" && step !== "STARTED" && step !== "LIST_PUBLISHED" && step !== "DECRYPTING";
const openedBids = (state) => Object.values(state.bidding.bids).filter(({ bid }) => own(state.opening.bids, bid)?.status === "OPENED").map(({ bid, bidder }) => ({
	bid,
	bidder
}));
const openedBidders = (state) => openedBids(state).map(({ bidder }) => bidder);
function openingSheetOf(state, bidder) {
	const bid = bidOf(state, bidder);
	const seq = bid === void 0 ? null : own(state.opening.bids, bid.bid)?.sheetSeq ?? null;
	const read = seq === null ? void 0 : zOpenedSheet.safeParse(disclosed(state, seq, "x:sheet"));
	return read?.success === true ? read.data : null;
}
const pendingFindings = (state) => Object.values(state.opening.findings).filter(({ countersignedBy }) => countersignedBy === null);
const coefficientOf = (state) => {
	const { price } = tenderRulesOf(state);
	return priceMethodOf(price).coefficient(price);
};
function drawnValues(state) {
	const k = coefficientOf(state);
	return k !== null && "drawn" in k ? k.drawn : null;
}
function fixedCoefficient(state) {
	const k = coefficientOf(state);
	return k !== null && "fixed" in k ? k.fixed : null;
}
const COEFFICIENT_PURPOSE = "coefficient";
const contributionsToK = ({ opening: { coefficient } }) => ({
	contributors: coefficient.request?.contributors ?? [],
	boxes: coefficient.boxes
});
const isKContributed = (state) => state.opening.coefficient.request !== null && missingNonce(contributionsToK(state)) === null;
function coefficientDraw(state, nonces, values) {
	const { [MAIN_NODE]: secret = "", ...others } = nonces;
	const contributions = Object.entries(others).map(([party, nonce]) => `${party}:${nonce}`);
	return {
		lotCode: state.setup.code,
		secret,
		contributions,
		values,
		hashHex: profileFor(state).hashHex
	};
}
const PRICE_LOCKED_STEPS = [
	null,
	"review",
	"few-bids",
	"scores:technical"
];
function arePricesLocked(state) {
	const { status, previous } = state;
	const now = status === "SUSPENDED" ? previous : status;
	if (now !== "EVALUATING" && now !== "COMMITTEE_READY") return now === "OPENING" || now === "OPENED" || now === "QUALIFICATION_BY_PURCHASER" || now === "RE_EVALUATION";
	return now === "COMMITTEE_READY" || tenderRulesOf(state).twoEnvelope && PRICE_LOCKED_STEPS.includes(state.committee.step);
}
const isMemberViewer = (viewer) => viewer.roles.includes("expert") || viewer.roles.includes("tenderer-representative");
const seesPrices = (viewer, state) => !isMemberViewer(viewer) || !arePricesLocked(state);

function fileKeyOf(state, bid) {
	const bidder = own(state.bidding.bids, bid)?.bidder;
	const found = disclosedAll(state, "x:file-key").find(({ seq }) => own(state.secretEntries, String(seq))?.party === bidder);
	return typeof found?.value === "string" ? found.value : null;
}
function deliveredBid(state, bid) {
	const listed = own(state.bidding.bids, bid);
	const act = actOf(state, bid);
	const fileKey = fileKeyOf(state, bid);
	if (listed === void 0 || act === null || fileKey === null) return null;
	const { innerHeaderHash, indexCommitment } = listed;
	return {
		origin: state.origin,
		bidder: act.creditCode,
		bid,
		fileKey,
		innerHeaderHash,
		indexCommitment
	};
}
const keysSecret = (type) => `keys-${type.toLowerCase().replaceAll("_", "-")}`;
const typeOfKeys = (secret) => PART_TYPES.find((type) => keysSecret(type) === secret);
function partKeySecrets(state, index, fileKey) {
	const keys = partKeys(profileFor(state), index, fileKey);
	return Object.fromEntries(PART_TYPES.flatMap((type) => keys[type] === void 0 ? [] : [[keysSecret(type), keys[type]]]));
}
const PRICED = [
	"OPENING_SHEET",
	"PRICE",
	"ATTACHMENT"
];
const EVALUATION_STATES = [
	"EVALUATING",
	"REPORT_SIGNING",
	"RE_EVALUATION"
];
function mayReadBidPart(viewer, state, bid, type) {
	const { party } = viewer;
	const listed = own(state.bidding.bids, bid);
	if (listed === void 0 || party === null || own(state.opening.bids, bid)?.status !== "OPENED") return false;
	if (party === listed.bidder || party === "node:main" || hasRole(state, party, "supervisor")) return true;
	if ((own(state.committee.present, party)?.pledgedAt ?? null) === null || !isMemberViewer({
		party,
		roles: own(state.parties, party)?.roles ?? []
	})) return false;
	if (type === "BLIND_TECHNICAL" || !EVALUATION_STATES.includes(state.status)) return false;
	return !PRICED.includes(type) || !arePricesLocked(state);
}

const securityAsked = ({ setup: { rules } }) => rules?.bidSecurity ?? null;
function securityFindings(state, bidder) {
	const asked = securityAsked(state);
	const recorded = own(state.security.recorded, bidder);
	if (asked === null || recorded === void 0) return null;
	const { received } = recorded;
	if (received === null) return ["MISSING"];
	const lacks = {
		FORM: !asked.forms.includes(received.form),
		SHORT: decimal(received.amount).lt(asked.amount),
		LATE: received.receivedAt >= (state.setup.schedule?.deadline ?? "")
	};
	return [
		"FORM",
		"SHORT",
		"LATE"
	].filter((finding) => lacks[finding]);
}
const unrecordedSecurities = (state) => securityAsked(state) === null ? [] : listedBids(state).flatMap(({ bidder }) => own(state.security.recorded, bidder) === void 0 ? [bidder] : []);
function recordFault(state, bidder) {
	const { step, paused, objections } = state.opening;
	if (!isListPublished(state)) return "securities are recorded once the list of bidders is published";
	if (step === "RECORD_MADE" || step === "CLOSED") return "the opening record is made, and says what was received";
	if (paused !== null) return `the session is paused: ${paused.reason}`;
	const isObjected = objections.some(({ by, reply }) => by === bidder && reply === null);
	return step === "CONFIRMING" && !isObjected ? `${bidder} does not object to what was read out` : null;
}
const mayGiveBack = (state, party, bidder) => hasRole(state, party, "tenderer") || hasRole(state, party, "agency") && withholdingGroundOf(state, bidder) === null;
const heldSecurities = ({ security: { recorded, settled } }) => Object.keys(recorded).filter((bidder) => own(recorded, bidder)?.received != null && own(settled, bidder) === void 0);
function returnOf(state, bidder) {
	const { status, award } = state;
	if (status === "LOT_FAILED") return { until: null };
	const { contract, announced } = award;
	const from = state.setup.regime === "GOV_PROCUREMENT" && announced?.winner !== bidder ? announced?.at : contract?.signedAt;
	return from === void 0 ? null : { until: limitOf(state, "securityReturn", from) };
}
function withholdingGroundOf(state, bidder) {
	const bid = bidOf(state, bidder)?.bid ?? "";
	if (own(state.opening.bids, bid)?.status === "FAILED_BIDDER_FAULT") return "REVOKED";
	const { passedOver, against } = state.award;
	if (own(passedOver, bidder)?.cause === "NO_PERFORMANCE_SECURITY") return "NO_PERFORMANCE_SECURITY";
	return own(against, bidder)?.some(({ cause }) => cause === "GIVES_UP") === true ? "GIVES_UP" : null;
}
const dueReturns = (state) => heldSecurities(state).flatMap((bidder) => {
	const due = returnOf(state, bidder);
	return due === null ? [] : [{
		bidder,
		until: due.until
	}];
});

const zReceivedSecurity = strictObject({
	form: zSecurityForm,
	amount: zPrice,
	receivedAt: zInstant
});
const zRecordSecurity = strictObject({
	bidder: zName,
	received: zReceivedSecurity.nullable()
});
const zSecurityNumber = string().trim().min(1).max(100);
const zReturnSecurity = strictObject({
	bidder: zName,
	interest: zMoney,
	returnedAt: zInstant
});
const zWithholdSecurity = strictObject({ bidder: zName });

const at$1 = zInstant;
const WITHHOLDING_GROUNDS = [
	"REVOKED",
	"GIVES_UP",
	"NO_PERFORMANCE_SECURITY"
];
const zSecurityRecorded = of("security.recorded", {
	at: at$1,
	by: zName,
	bidder: zName,
	received: zReceivedSecurity.nullable()
});
const zSecurityReturned = of("security.returned", {
	at: at$1,
	by: zName,
	bidder: zName,
	amount: zDecimal,
	interest: zDecimal,
	returnedAt: zInstant,
	late: boolean()
});
const zSecurityWithheld = of("security.withheld", {
	at: at$1,
	by: zName,
	bidder: zName,
	ground: _enum(WITHHOLDING_GROUNDS)
});

const initialSecurity = {
	recorded: {},
	settled: {}
};
const settle = (state, bidder, settled) => ({
	...state,
	security: {
		...state.security,
		settled: {
			...state.security.settled,
			[bidder]: settled
		}
	}
});
const securityEvents = {
	"security.recorded": event({
		schema: zSecurityRecorded,
		evolve: (state, { at, by, bidder, received }, { header: { seq } }) => ({
			...state,
			security: {
				...state.security,
				recorded: {
					...state.security.recorded,
					[bidder]: {
						seq,
						at,
						by,
						received
					}
				}
			}
		})
	}),
	"security.returned": event({
		schema: zSecurityReturned,
		evolve: (state, { at, bidder, amount, interest, returnedAt, late }) => settle(state, bidder, {
			kind: "RETURNED",
			at,
			returnedAt,
			amount,
			interest,
			late
		})
	}),
	"security.withheld": event({
		schema: zSecurityWithheld,
		evolve: (state, { at, bidder, ground }) => settle(state, bidder, {
			kind: "WITHHELD",
			at,
			ground
		})
	})
};

function openingRecord(state) {
	const { opening, setup } = state;
	const asked = securityAsked(state);
	const { ceiling, openingForm } = tenderRulesOf(state);
	return {
		v: 1,
		origin: state.origin,
		lot: {
			code: setup.code,
			name: setup.name,
			regime: setup.regime,
			ceiling
		},
		place: setup.venues.find(({ role }) => role === "main")?.venue ?? "",
		deadline: setup.schedule?.deadline ?? null,
		startedAt: opening.startedAt,
		host: opening.host,
		readOutAt: opening.readOutAt,
		signedIn: { ...opening.signedIn },
		bids: listedBids(state).map(({ bid, bidder, deliveredAt, ciphertext }) => {
			const outcome = own(opening.bids, bid);
			const sheet = openingSheetOf(state, bidder);
			return {
				bid,
				bidder,
				name: own(opening.names, bidder) ?? bindingOf(state, bidder)?.organisation?.name ?? "",
				deliveredAt,
				ciphertext: ciphertext.hash,
				status: outcome?.status ?? "LOCKED",
				result: outcome?.result ?? null,
				fault: outcome?.fault ?? null,
				explanation: outcome?.explanation ?? null,
				at: outcome?.at ?? null,
				sheet,
				...asked === null ? {} : { security: securityOf(state, bidder) }
			};
		}),
		coefficient: {
			value: opening.coefficient.value,
			seed: opening.coefficient.seed,
			requests: opening.coefficient.request?.version ?? 0,
			nonces: { ...opening.coefficient.nonces }
		},
		findings: Object.values(opening.findings).map((finding) => ({ ...finding })),
		objections: opening.objections.map(({ id, by, at, text, reply }) => ({
			id,
			by,
			at,
			text,
			reply
		})),
		confirmations: { ...opening.confirmations },
		...asked === null ? {} : { bidSecurity: {
			amount: asked.amount,
			forms: [...asked.forms]
		} },
		...openingForm === void 0 ? {} : { form: openingForm }
	};
}
const securityOf = (state, bidder) => ({
	received: own(state.security.recorded, bidder)?.received ?? null,
	findings: [...securityFindings(state, bidder) ?? []]
});

const initialOpening = {
	step: "WAITING",
	startedAt: null,
	host: null,
	paused: null,
	decryptUntil: null,
	confirmUntil: null,
	signedIn: {},
	names: {},
	bids: {},
	findings: {},
	coefficient: {
		request: null,
		boxes: {},
		nonces: {},
		seed: null,
		value: null
	},
	confirmations: {},
	objections: [],
	readOutAt: null,
	record: null,
	recordSignatures: {}
};
const opening$1 = (state, change) => ({
	...state,
	opening: {
		...state.opening,
		...change
	}
});
const coefficient = (state, change) => opening$1(state, { coefficient: {
	...state.opening.coefficient,
	...change
} });
function bid(state, id, change) {
	const before = own(state.opening.bids, id);
	if (before === void 0) return withFault(state, `no bid ${id}`);
	return opening$1(state, { bids: {
		...state.opening.bids,
		[id]: {
			...before,
			...change
		}
	} });
}
const found = (state, finding) => opening$1(state, { findings: {
	...state.opening.findings,
	[finding.bid]: finding
} });
const withTimeLost = (state, lostMs) => opening$1(state, {
	decryptUntil: state.opening.decryptUntil === null ? null : addMs(state.opening.decryptUntil, lostMs),
	confirmUntil: state.opening.confirmUntil === null ? null : addMs(state.opening.confirmUntil, lostMs)
});
const locked = (at) => ({
	status: "LOCKED",
	result: null,
	fault: null,
	explanation: null,
	at,
	innerHeader: null,
	sheetSeq: null
});
const session = {
	"opening.started": event({
		schema: zStarted,
		evolve: (state, { at, host }) => {
			const moved = moveTo(opening$1(state, {
				step: "STARTED",
				startedAt: at,
				host
			}), "OPENING");
			return {
				...moved,
				setup: {
					...moved.setup,
					isPublic: true
				}
			};
		}
	}),
	"opening.signed-in": event({
		schema: zSignedIn,
		evolve: (state, { at, party }) => opening$1(state, { signedIn: {
			...state.opening.signedIn,
			[party]: at
		} })
	}),
	"opening.list-published": event({
		schema: zListPublished,
		evolve: (state, { at, bidders }) => {
			const bids = Object.fromEntries(Object.keys(state.bidding.bids).map((id) => [id, locked(at)]));
			const names = Object.fromEntries(bidders.map(({ party, name }) => [party, name]));
			return opening$1(state, {
				step: "LIST_PUBLISHED",
				names,
				bids
			});
		}
	}),
	"opening.paused": event({
		schema: zPaused,
		evolve: (state, { at, reason }) => opening$1(state, { paused: {
			at,
			reason
		} })
	}),
	"opening.resumed": event({
		schema: zResumed,
		evolve: (state, { lostMs }) => withTimeLost(opening$1(state, { paused: null }), lostMs)
	}),
	"opening.window-extended": event({
		schema: zWindowExtended,
		evolve: (state, { until }) => opening$1(state, state.opening.step === "CONFIRMING" ? { confirmUntil: until } : { decryptUntil: until })
	})
};
const decryption = {
	"opening.bid-extracted": event({
		schema: zBidExtracted,
		evolve: (state, { at, bid: id, innerHeader, until }) => opening$1(bid(state, id, {
			status: "EXTRACTED",
			innerHeader,
			at
		}), {
			step: "DECRYPTING",
			decryptUntil: until
		})
	}),
	"opening.bid-decrypted": event({
		schema: zBidDecrypted,
		evolve: (state, { at, bid: id }) => bid(state, id, {
			status: "DECRYPTED",
			result: "OK",
			at
		})
	}),
	"opening.bid-opened": event({
		schema: zBidOpened,
		evolve: (state, { at, bid: id }, { header: { seq } }) => bid(state, id, {
			status: "OPENED",
			sheetSeq: seq,
			at
		})
	}),
	"opening.bid-failed": event({
		schema: zBidFailed,
		evolve: (state, { at, bid: id, result, fault, explanation }) => opening$1(bid(state, id, {
			status: fault === "BIDDER" ? "FAILED_BIDDER_FAULT" : "FAILED_OTHER_FAULT",
			result,
			fault,
			explanation,
			at
		}), { step: state.opening.step === "LIST_PUBLISHED" ? "DECRYPTING" : state.opening.step })
	}),
	"opening.finding-recorded": event({
		schema: zFindingRecorded,
		evolve: (state, { type: _, ...finding }) => found(state, {
			...finding,
			countersignedBy: null
		})
	}),
	"opening.finding-countersigned": event({
		schema: zFindingCountersigned,
		evolve: (state, { bid: id, party }) => {
			const finding = own(state.opening.findings, id);
			return finding === void 0 ? withFault(state, `no finding of bid ${id}`) : found(state, {
				...finding,
				countersignedBy: party
			});
		}
	}),
	"opening.decryption-closed": event({
		schema: zDecryptionClosed,
		evolve: (state, { next, k }) => coefficient(opening$1(state, {
			step: next,
			decryptUntil: null
		}), { value: k })
	})
};
const draw$2 = {
	"opening.contributors-named": event({
		schema: zContributorsNamed,
		evolve: (state, { version, contributors }) => coefficient(state, {
			request: {
				version,
				contributors
			},
			boxes: {}
		})
	}),
	"opening.contributed": event({
		schema: zContributed$1,
		evolve: (state, { party, manifest }, { header: { seq } }) => coefficient(state, { boxes: {
			...state.opening.coefficient.boxes,
			[party]: {
				seq,
				manifest
			}
		} })
	}),
	"opening.coefficient-drawn": event({
		schema: zCoefficientDrawn,
		evolve: (state, { seed, value, nonces }) => opening$1(coefficient(state, {
			seed,
			value,
			nonces
		}), { step: "READ_OUT" })
	})
};
const record$1 = {
	"opening.read-out": event({
		schema: zReadOut,
		evolve: (state, { at, until }) => opening$1(state, {
			step: "CONFIRMING",
			readOutAt: at,
			confirmUntil: until
		})
	}),
	"opening.confirmed": event({
		schema: zConfirmed,
		evolve: (state, { at, party }) => opening$1(state, { confirmations: {
			...state.opening.confirmations,
			[party]: at
		} })
	}),
	"opening.objected": event({
		schema: zObjected$1,
		evolve: (state, { at, id, party, text }) => opening$1(state, { objections: [...state.opening.objections, {
			id,
			by: party,
			at,
			text,
			reply: null
		}] })
	}),
	"opening.replied": event({
		schema: zReplied,
		evolve: (state, { id, text }) => opening$1(state, { objections: state.opening.objections.map((known) => known.id === id ? {
			...known,
			reply: text
		} : known) })
	}),
	"opening.record-made": event({
		schema: zRecordMade,
		evolve: (state, { hash }, { header: { seq } }) => opening$1(state, {
			step: "RECORD_MADE",
			record: {
				hash,
				seq
			},
			confirmUntil: null
		})
	}),
	"opening.record-signed": event({
		schema: zRecordSigned,
		evolve: (state, { at, party }) => opening$1(state, { recordSignatures: {
			...state.opening.recordSignatures,
			[party]: at
		} })
	}),
	"opening.closed": event({
		schema: zClosed,
		evolve: (state) => moveTo(opening$1(state, { step: "CLOSED" }), "OPENED")
	})
};
const openingFollows = { "lot.resumed": event({
	schema: zLotResumed,
	evolve: (state, { lostMs }) => withTimeLost(state, lostMs)
}) };
const openingEvents = {
	...session,
	...decryption,
	...draw$2,
	...record$1
};

const NO_TIME = {
	asked: [],
	due: false,
	grantedUntil: null
};
const FIRST_ROUND = {
	round: 1,
	candidates: null,
	ballots: {}
};
const initialCommittee = {
	gatheringFrom: null,
	formedAt: null,
	keys: {},
	present: {},
	excused: {},
	election: FIRST_ROUND,
	chair: null,
	step: null,
	stepOpenedAt: null,
	moreTime: NO_TIME,
	cycle: 1
};
const withCommittee = (state, change) => ({
	...state,
	committee: {
		...state.committee,
		...change
	}
});
const formed = (state, at) => withCommittee(state, { formedAt: at });
const signedIn = (state, member, presence) => withCommittee(state, { present: {
	...state.committee.present,
	[member]: presence
} });
const keyed = (state, key, lotKey) => withCommittee(state, { keys: {
	...state.committee.keys,
	[key]: lotKey
} });
function attested(state, key, at) {
	const known = own(state.committee.keys, key);
	return known === void 0 ? state : keyed(state, key, {
		...known,
		attestedAt: at
	});
}
function pledged(state, member, at) {
	const presence = state.committee.present[member];
	return presence === void 0 ? state : signedIn(state, member, {
		...presence,
		pledgedAt: at
	});
}
function excused(state, member, at, cause) {
	const { present, excused: before, chair } = state.committee;
	return withCommittee(state, {
		present: Object.fromEntries(Object.entries(present).filter(([party]) => party !== member)),
		excused: {
			...before,
			[member]: {
				at,
				cause
			}
		},
		election: FIRST_ROUND,
		chair: chair === member ? null : chair,
		moreTime: {
			...state.committee.moreTime,
			asked: state.committee.moreTime.asked.filter((party) => party !== member)
		}
	});
}
function ballotCast(state, voter, entry) {
	const { election } = state.committee;
	return withCommittee(state, { election: {
		...election,
		ballots: {
			...election.ballots,
			[voter]: entry.header.seq
		}
	} });
}
const chairTied = (state, tied) => withCommittee(state, { election: {
	round: state.committee.election.round + 1,
	candidates: tied,
	ballots: {}
} });
const chairElected = (state, chair) => withCommittee(state, { chair });
const stepOpened = (state, step, at) => withCommittee(state, {
	step,
	stepOpenedAt: at,
	moreTime: NO_TIME
});
const moreTimeAsked = (state, member, due) => withCommittee(state, { moreTime: {
	...state.committee.moreTime,
	asked: [...state.committee.moreTime.asked, member],
	due: due || state.committee.moreTime.due
} });
const moreTimeGranted = (state, until) => withCommittee(state, { moreTime: {
	asked: [],
	due: false,
	grantedUntil: until
} });
function reopened(state, committee, at) {
	const cycle = state.committee.cycle + 1;
	if (committee === "same") return withCommittee(state, {
		cycle,
		step: null,
		stepOpenedAt: null,
		moreTime: NO_TIME
	});
	const gone = Object.fromEntries(Object.keys(state.committee.present).map((party) => [party, {
		at,
		cause: "COMMITTEE_REFORMED"
	}]));
	return withCommittee(state, {
		...initialCommittee,
		keys: state.committee.keys,
		gatheringFrom: at,
		cycle,
		excused: {
			...state.committee.excused,
			...gone
		}
	});
}
const committeeEvents = {
	"committee.signed-in": event({
		schema: zSignedIn$1,
		evolve: (state, { member, venue, seat, at }) => signedIn(state, member, {
			venue,
			seat,
			signedInAt: at,
			pledgedAt: null
		})
	}),
	"committee.key-bound": event({
		schema: zKeyBound,
		evolve: (state, { member, key, at }) => keyed(state, key, {
			member,
			boundAt: at,
			attestedAt: null
		})
	}),
	"committee.key-attested": event({
		schema: zKeyAttested,
		evolve: (state, { key, at }) => attested(state, key, at)
	}),
	"committee.pledged": event({
		schema: zPledged,
		evolve: (state, { member, at }) => pledged(state, member, at)
	}),
	"committee.excused": event({
		schema: zExcused,
		evolve: (state, { member, cause, at }) => {
			const left = excused(state, member, at, cause);
			return left.status === "EVALUATING" && left.committee.step !== null ? stepOpened(left, "review", at) : left;
		}
	}),
	"committee.formed": event({
		schema: zFormed,
		evolve: (state, { at }) => moveTo(formed(state, at), "COMMITTEE_READY")
	}),
	"committee.ballot-cast": event({
		schema: zBallotCast,
		evolve: (state, { member }, entry) => ballotCast(state, member, entry)
	}),
	"committee.chair-tied": event({
		schema: zChairTied,
		evolve: (state, { tied }) => chairTied(state, tied)
	}),
	"committee.chair-elected": event({
		schema: zChairElected,
		evolve: (state, { chair }) => chairElected(state, chair)
	}),
	"committee.chair-designated": event({
		schema: zChairDesignated,
		evolve: (state, { chair }) => chairElected(state, chair)
	}),
	"committee.evaluation-started": event({
		schema: zEvaluationStarted,
		evolve: (state) => moveTo(state, "EVALUATING")
	}),
	"committee.step-opened": event({
		schema: zStepOpened,
		evolve: (state, { step, at }) => stepOpened(state, step, at)
	}),
	"committee.more-time-asked": event({
		schema: zMoreTimeAsked,
		evolve: (state, { member, due }) => moreTimeAsked(state, member, due)
	}),
	"committee.more-time-granted": event({
		schema: zMoreTimeGranted,
		evolve: (state, { until }) => moreTimeGranted(state, until)
	}),
	"committee.reopened": event({
		schema: zReopened,
		evolve: (state, { committee, at }) => {
			const fresh = reopened(state, committee, at);
			return committee === "same" ? moveTo(fresh, "EVALUATING") : fresh;
		}
	})
};
const committeeFollows = { "opening.closed": event({
	schema: zClosed,
	evolve: (state, { at }) => withCommittee(state, { gatheringFrom: at })
}) };

const PARTNER_SHARE_MIN = "30";
function claimsOf({ claims: { smallMicro, domestic, partners } }) {
	const isPreferred = partners?.isIndependent === true;
	const isSmall = smallMicro || isPreferred && partners.form === "CONSORTIUM" && partners.isAllSmall;
	return {
		smallMicro: isSmall,
		smallPartner: !isSmall && isPreferred && decimal(partners.percent).gte(PARTNER_SHARE_MIN),
		domestic
	};
}
const smallRate = ({ smallMicro, smallPartner }, rates) => smallMicro ? rates.smallMicro : smallPartner ? rates.smallPartner ?? "0" : "0";
const HUNDRED = decimal(100);
function evaluatedPrice(price, claims, rates) {
	const percent = decimal(smallRate(claims, rates)).plus(claims.domestic ? rates.domestic : 0);
	return price.times(HUNDRED.minus(percent)).div(HUNDRED);
}
const scoreBonus = (score, claims, rates) => score.times(smallRate(claims, rates)).div(HUNDRED);
const isDomesticContested = (competing) => competing.some(({ domestic }) => domestic) && !competing.every(({ domestic }) => domestic);

const text = (a, b) => a < b ? -1 : a > b ? 1 : 0;
const COMPARE = {
	total: (a, b) => b.total.comparedTo(a.total),
	price: (a, b) => a.price.comparedTo(b.price),
	technical: (a, b) => b.technical.comparedTo(a.technical),
	draw: (a, b) => text(a.place, b.place)
};
function rank(contenders, ties) {
	const rules = [
		"total",
		...ties,
		"draw"
	];
	const deciding = (a, b) => rules.find((rule) => COMPARE[rule](a, b) !== 0) ?? null;
	const sorted = [...contenders].sort((a, b) => {
		const rule = deciding(a, b);
		return rule === null ? 0 : COMPARE[rule](a, b);
	});
	return sorted.map((contender, index) => {
		const before = sorted[index - 1];
		return {
			party: contender.party,
			rank: index + 1,
			by: before === void 0 ? null : deciding(before, contender)
		};
	});
}
function yieldingOf(contenders, ties) {
	const yielding = /* @__PURE__ */ new Map();
	for (const brand of new Set(contenders.flatMap((one) => one.brand ?? []))) {
		const [best, ...others] = rank(contenders.filter((one) => one.brand === brand), ties);
		for (const { party } of others) if (best !== void 0) yielding.set(party, best.party);
	}
	return yielding;
}

const partTotal = (items, part, scores) => sum(items.filter((item) => item.part === part).map((item) => decimal(scores?.[item.id] ?? "0")));
const NO_DEDUCTIONS = {
	smallMicro: "0",
	domestic: "0"
};
function pricePoints({ rules, bids, reviewed, k }) {
	const method = priceMethodOf(rules.price);
	const rates = rules.deductions ?? NO_DEDUCTIONS;
	const isContested = isDomesticContested(reviewed);
	const claims = bids.map((bid) => ({
		...bid,
		domestic: bid.domestic && isContested
	}));
	const isDeducted = method.preference === "deduction";
	const evaluated = bids.map(({ price }, index) => {
		const quoted = decimal(price);
		return isDeducted ? evaluatedPrice(quoted, need(claims[index]), rates) : quoted;
	});
	const worthless = bids.find((_, index) => need(evaluated[index]).lte(0));
	if (worthless !== void 0) return refuse("E_NOT_RANKABLE", `${worthless.party}: after deductions nothing is left of the price of ${worthless.price}`);
	const { benchmark, of } = method.score(rules.price, {
		bids: bids.map(({ party }, index) => ({
			party,
			evaluated: need(evaluated[index])
		})),
		quotes: reviewed,
		k
	});
	return {
		benchmark,
		of: of.map(({ score, beta }, index) => {
			const bonus = isDeducted ? decimal(0) : scoreBonus(score, need(claims[index]), rates);
			return {
				evaluated: need(evaluated[index]),
				beta,
				bonus,
				score: score.plus(bonus)
			};
		})
	};
}
function partPoints(input, part, party) {
	const totals = input.members.map((member) => partTotal(input.rules.items, part, input.scores[member]?.[party]));
	const { kept, dropped } = trim(totals, input.rules.memberTrim);
	const by = {
		members: Object.fromEntries(input.members.map((member, index) => [member, need(totals[index]).toFixed()])),
		dropped: dropped.map((index) => need(input.members[index]))
	};
	return {
		part,
		score: mean(kept.map((index) => need(totals[index]))),
		by
	};
}
function aggregate(input) {
	const prices = pricePoints(input);
	if (!("of" in prices)) return prices;
	const parts = SCORE_PARTS.filter((part) => input.rules.items.some((item) => item.part === part));
	const computed = input.bids.map((bid, index) => {
		const price = need(prices.of[index]);
		const results = parts.map((part) => partPoints(input, part, bid.party));
		return {
			bid,
			price,
			results,
			total: sum([price.score, ...results.map(({ score }) => score)])
		};
	});
	const strange = computed.find(({ price, total }) => !total.isFinite() || !price.evaluated.isFinite());
	if (strange !== void 0) return refuse("E_NOT_RANKABLE", `${strange.bid.party}: a score of this bid is no number`);
	const contenders = computed.map(({ bid, results, total }) => ({
		party: bid.party,
		brand: bid.brand,
		total: rounded(total),
		price: decimal(bid.price),
		technical: rounded(results.find(({ part }) => part === "technical")?.score ?? decimal(0)),
		place: input.drawPlace(bid.party)
	}));
	const placed = rank(contenders, [...input.ties, ...input.rules.ties]);
	const yielding = yieldingOf(contenders, input.rules.ties);
	const rows = placed.map(({ party, rank: place, by }) => {
		const { bid, price, results, total } = need(computed.find((entry) => entry.bid.party === party));
		return {
			party,
			price: fixed(decimal(bid.price)),
			evaluatedPrice: fixed(price.evaluated),
			beta: price.beta,
			bonus: exact(price.bonus),
			priceScore: fixed(price.score),
			priceScoreExact: exact(price.score),
			parts: Object.fromEntries(results.map(({ part, score }) => [part, {
				score: fixed(score),
				exact: exact(score)
			}])),
			total: fixed(total),
			totalExact: exact(total),
			rank: place,
			rankedBy: by,
			...yielding.has(party) ? { yieldsTo: need(yielding.get(party)) } : {}
		};
	});
	const candidates = rows.filter(({ party }) => !yielding.has(party)).slice(0, input.rules.candidates).map((row) => row.party);
	const byParty = computed.map(({ bid, results }) => [bid.party, Object.fromEntries(results.map(({ part, by }) => [part, by]))]);
	return {
		result: {
			v: 2,
			benchmark: prices.benchmark,
			rows,
			candidates,
			...input.expired.length === 0 ? {} : { expired: input.expired.map((one) => ({ ...one })) }
		},
		memberScores: {
			v: 1,
			bids: Object.fromEntries(byParty)
		}
	};
}

function isOnGrid(item, value) {
	const score = decimal(value);
	if (score.lt(item.min) || score.gt(item.max)) return false;
	const step = decimal(item.step);
	return !step.isPositive() || step.isZero() || score.minus(item.min).mod(step).isZero();
}
function objectiveMismatches(items, parties, members, scores) {
	return items.filter((item) => item.objective).flatMap((item) => parties.flatMap((party) => {
		const values = Object.fromEntries(members.map((member) => [member, scores[member]?.[party]?.[item.id] ?? ""]));
		return new Set(Object.values(values).map((value) => value === "" ? "" : decimal(value).toFixed())).size > 1 ? [{
			item: item.id,
			party,
			values
		}] : [];
	}));
}

function deviations(scores) {
	return scores.map((score, index) => {
		const others = scores.filter((_, other) => other !== index);
		if (others.length === 0) return decimal(0);
		const average = mean(others);
		if (average.isZero()) return score.isZero() ? decimal(0) : null;
		return score.minus(average).div(average).times(100);
	});
}
function outliers(scores, percent) {
	return deviations(scores).flatMap((value, member) => value === null || value.abs().gt(percent) ? [{
		member,
		percent: value
	}] : []);
}

function isGoodValue(item, value) {
	return item !== void 0 && typeof value === "string" && /^-?\d{1,18}(\.\d{1,8})?$/.test(value) && isOnGrid(item, value);
}
function duesOf(input) {
	const invalid = Object.entries(input.sheets).flatMap(([member, bids]) => input.bidders.flatMap((bidder) => input.items.filter((item) => !isGoodValue(item, bids[bidder]?.[item.id])).map((item) => ({
		member,
		bidder,
		item: item.id
	}))));
	if (invalid.length > 0) return {
		v: 1,
		invalid,
		mismatches: [],
		outliers: []
	};
	return {
		v: 1,
		invalid,
		mismatches: openMismatches(input),
		outliers: openOutliers(input)
	};
}
const owingMembers = (dues) => [.../* @__PURE__ */ new Set([
	...dues.invalid.map((one) => one.member),
	...dues.mismatches.flatMap((one) => one.owing),
	...dues.outliers.map((one) => one.member)
])].sort();
function openMismatches({ items, bidders, sheets, confirmed }) {
	return objectiveMismatches(items, bidders, Object.keys(sheets), sheets).flatMap(({ item, party, values }) => {
		const common = modeOf(Object.values(values));
		const owing = Object.entries(values).filter(([, value]) => common === null || !decimal(value).eq(common)).map(([member]) => member).filter((member) => !confirmed.has(`${member}/${party}/${item}`)).sort();
		return owing.length === 0 ? [] : [{
			bidder: party,
			item,
			values,
			owing
		}];
	});
}
function modeOf(values) {
	const counts = /* @__PURE__ */ new Map();
	for (const value of values) {
		const same = decimal(value).toFixed();
		counts.set(same, (counts.get(same) ?? 0) + 1);
	}
	const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
	return first === void 0 || first[1] === second?.[1] ? null : first[0];
}
function openOutliers({ items, bidders, sheets, explained, outlierPercent }) {
	const subjective = items.filter((item) => !item.objective);
	if (subjective.length === 0) return [];
	const members = Object.keys(sheets);
	return bidders.flatMap((bidder) => {
		const totals = Object.values(sheets).map((bids) => sum(subjective.map((item) => decimal(need(bids[bidder]?.[item.id])))));
		return outliers(totals, decimal(outlierPercent)).map(({ member, percent }) => ({
			member: need(members[member]),
			bidder,
			percent: percent === null ? null : fixed(percent)
		})).filter(({ member }) => !explained.has(`${member}/${bidder}`));
	});
}

function lowPriceTriggers(prices, ceiling, shares) {
	if (prices.length === 0) return [];
	const average = mean(prices);
	const second = [...prices].sort((a, b) => a.comparedTo(b))[1];
	const below = (price, share, of) => price.lt(of.times(share).div(100));
	const lowest = prices.reduce((low, price) => price.lt(low) ? price : low);
	return prices.map((price) => [
		...below(price, shares.ofMean, average) ? ["BELOW_MEAN_SHARE"] : [],
		...second !== void 0 && price.eq(lowest) && below(price, shares.ofSecondLowest, second) ? ["BELOW_SECOND_SHARE"] : [],
		...below(price, shares.ofCeiling, decimal(ceiling)) ? ["BELOW_CEILING_SHARE"] : []
	]);
}

const zByMembers = strictObject({
	members: record$2(zName, string()),
	dropped: array(zName)
});
const zMemberScores = strictObject({
	v: literal(1),
	bids: record$2(zName, record$2(string(), zByMembers))
});
const zPartResult = strictObject({
	score: zDecimal,
	exact: string()
});
const row = {
	party: zName,
	price: zDecimal,
	evaluatedPrice: zDecimal,
	beta: string().nullable(),
	priceScore: string(),
	priceScoreExact: string(),
	total: string(),
	totalExact: string(),
	rank: int().min(1),
	rankedBy: string().nullable()
};
const table = {
	benchmark: strictObject({
		set: array(strictObject({
			party: zName,
			price: zDecimal
		})),
		dropped: array(zName),
		mean: zDecimal,
		k: string(),
		price: zDecimal,
		exact: string()
	}).nullable(),
	candidates: array(zName)
};
const zResult = strictObject({
	v: literal(2),
	...table,
	expired: array(strictObject({
		party: zName,
		until: zInstant
	})).exactOptional(),
	rows: array(strictObject({
		...row,
		bonus: string(),
		yieldsTo: zName.exactOptional(),
		parts: record$2(string(), zPartResult)
	}))
});
const zResultBefore = strictObject({
	v: literal(1),
	...table,
	rows: array(strictObject({
		...row,
		parts: record$2(string(), strictObject({
			...zPartResult.shape,
			...zByMembers.shape
		}))
	}))
});
const mapped = (record, to) => Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
const withoutMembers$1 = ({ benchmark, candidates, rows }) => ({
	v: 2,
	benchmark,
	candidates,
	rows: rows.map((before) => ({
		...before,
		bonus: "0",
		parts: mapped(before.parts, ({ score, exact }) => ({
			score,
			exact
		}))
	}))
});
const membersOnly = ({ rows }) => ({
	v: 1,
	bids: Object.fromEntries(rows.map(({ party, parts }) => [party, mapped(parts, ({ members, dropped }) => ({
		members,
		dropped
	}))]))
});
function aggregatedPart(state, part) {
	const { aggregated } = state.scoring;
	return aggregated === null ? void 0 : disclosed(state, aggregated.seq, part);
}
function resultOf(state) {
	const read = union([zResult, zResultBefore.transform(withoutMembers$1)]).safeParse(aggregatedPart(state, "d:result"));
	return read.success ? read.data : null;
}
function memberScoresOf(state) {
	const read = zMemberScores.safeParse(aggregatedPart(state, "d:member-scores"));
	if (read.success) return read.data;
	const before = zResultBefore.safeParse(aggregatedPart(state, "d:result"));
	return before.success ? membersOnly(before.data) : null;
}
function drawPlaceOf(state) {
	const { seed } = state.draw;
	return seed === null ? null : (party) => profileFor(state).hashHex(`${seed}|tie|${party}`);
}
function candidatesOf(state) {
	const result = resultOf(state);
	return result === null ? [] : result.rows.filter(({ party }) => result.candidates.includes(party));
}

function isResultPublic(state) {
	if (state.award.announced !== null) return true;
	const { rules } = state.setup;
	return state.award.publicity !== null && rules !== null && awardMethodOf(rules.award).tally === void 0;
}
const seesFindings$1 = (viewer, state) => isInsider(viewer, state) || isResultPublic(state) || state.report.deliveredAt !== null && isOwner(viewer);
const seesReviewSheet = (viewer, state) => isInsider(viewer, state) || state.report.deliveredAt !== null && isOwner(viewer);
const seesClarification = (viewer, state, entry, part) => {
	if (seesReviewSheet(viewer, state, entry, part)) return true;
	const seq = entry.header.seq;
	const about = state.review.clarifications.find((one) => one.askedSeq === seq || one.answeredSeq === seq);
	return viewer.party !== null && about?.bidder === viewer.party;
};
const seesQualification = (viewer, state) => isOwner(viewer) || isInsider(viewer, state) || isResultPublic(state);

const zCorrectSheet = strictObject({
	ground: _enum(["INVALID_BOX", "INVALID_ITEM"]),
	reason: zText
});
const zCompetitionVote = strictObject({
	competitive: boolean(),
	reason: zText
});
const zAskClarification = strictObject({
	clarification: zName,
	bidder: zName,
	dueAt: zInstant
});
const zAnswerClarification = strictObject({ clarification: zName });
const zClarificationText = strictObject({ text: zText });
const zReviewEntry = discriminatedUnion("pass", [strictObject({ pass: literal(true) }), strictObject({
	pass: literal(false),
	ground: string().max(60),
	reason: zText
})]);
const zSheet = strictObject({
	v: literal(1),
	bids: record$2(zName, record$2(zName, json()))
});
const zQualification = strictObject({
	v: literal(1),
	bids: record$2(zName, zReviewEntry)
});

function reviewedBidders(state) {
	const opened = openedBidders(state).sort();
	const { qualification } = state.review;
	if (qualification === null) return opened;
	const read = zQualification.safeParse(disclosed(state, qualification.seq, "x:qualification"));
	return read.success ? opened.filter((bidder) => own(read.data.bids, bidder)?.pass === true) : [];
}
function reviewItems(state) {
	const items = tenderRulesOf(state).review;
	return ruleSetOf(state).qualificationBy === "purchaser" ? items.filter((item) => item.kind !== "qualification") : items;
}
const zReason = strictObject({
	item: string(),
	ground: string(),
	reason: string()
});
const zRejected = strictObject({
	bidder: string(),
	items: array(strictObject({
		item: string(),
		fails: int(),
		members: int()
	})),
	grounds: array(string())
});
const zReviewResult = strictObject({
	v: literal(2),
	valid: array(string()),
	rejected: array(strictObject({
		...zRejected.shape,
		reasons: array(zReason)
	}))
});
const zFail = strictObject({
	bidder: string(),
	member: string(),
	...zReason.shape
});
const zReviewFails = strictObject({
	v: literal(1),
	decisive: array(zFail),
	dissent: array(zFail)
});
const zReviewBefore = strictObject({
	v: literal(1),
	valid: array(string()),
	rejected: array(strictObject({
		...zRejected.shape,
		reasons: array(strictObject({
			member: string(),
			...zReason.shape
		}))
	})),
	dissent: array(zFail)
});
const namelessReasons = (fails) => [...new Map(fails.map(({ item, ground, reason }) => [JSON.stringify([
	item,
	ground,
	reason
]), {
	item,
	ground,
	reason
}]))].sort(([one], [two]) => one < two ? -1 : 1).map(([, reason]) => reason);
const withoutMembers = ({ valid, rejected }) => ({
	v: 2,
	valid,
	rejected: rejected.map((one) => ({
		...one,
		reasons: namelessReasons(one.reasons)
	}))
});
const failsOnly = ({ rejected, dissent }) => ({
	v: 1,
	decisive: rejected.flatMap(({ bidder, reasons }) => reasons.flatMap((one) => one.member === "" ? [] : [{
		bidder,
		...one
	}])),
	dissent
});
function concludedPart(state, part) {
	const { concluded } = state.review;
	return concluded === null ? void 0 : disclosed(state, concluded.seq, part);
}
function reviewResult(state) {
	const read = union([zReviewResult, zReviewBefore.transform(withoutMembers)]).safeParse(concludedPart(state, "d:review"));
	return read.success ? read.data : null;
}
function reviewFails(state) {
	const read = zReviewFails.safeParse(concludedPart(state, "d:fails"));
	if (read.success) return read.data;
	const before = zReviewBefore.safeParse(concludedPart(state, "d:review"));
	return before.success ? failsOnly(before.data) : null;
}
const validBidders = (state) => reviewResult(state)?.valid ?? [];

function brandOf(state, bidder) {
	if (tenderRulesOf(state).coreProduct === void 0) return null;
	return (openingSheetOf(state, bidder)?.coreBrand ?? "").normalize("NFKC").toLowerCase().replaceAll(/\s+/gu, "");
}
const countedBidders = (state, bidders) => new Set(bidders.map((bidder) => brandOf(state, bidder) ?? `bidder ${bidder}`)).size;

const zQualified = of("review.qualified", {
	passed: int(),
	at: zInstant
});
const zSheetSubmitted = of("review.sheet-submitted", {
	member: zName,
	manifest: record$2(string(), json())
});
const zSheetsOpened = of("review.sheets-opened", {
	verdicts: record$2(zName, _enum(VERDICTS)),
	owed: array(zName)
});
const zSheetCorrected = of("review.sheet-corrected", {
	member: zName,
	owed: array(zName)
});
const zConcluded = of("review.concluded", { at: zInstant });
const zCompetitionVoted = of("review.competition-voted", { member: zName });
const zCompetitionDecided = of("review.competition-decided", { outcome: _enum(["CONTINUE", "REJECT_ALL"]) });
const zClarificationAsked = of("review.clarification-asked", {
	id: zName,
	bidder: zName,
	dueAt: zInstant
});
const zClarificationAnswered = of("review.clarification-answered", { id: zName });

const initialReview = {
	sheets: initialSealedStep,
	qualification: null,
	concluded: null,
	fewBids: {
		votes: {},
		outcome: null
	},
	clarifications: []
};
const withReview = (state, change) => ({
	...state,
	review: {
		...state.review,
		...change
	}
});
const withReviewSheets = (state, sheets) => withReview(state, { sheets });
const reviewEvents = {
	"review.qualified": event({
		schema: zQualified,
		evolve: (state, { passed }, { header }) => moveTo(withReview(state, { qualification: {
			seq: header.seq,
			passed
		} }), "QUALIFICATION_BY_PURCHASER")
	}),
	"review.sheet-submitted": event({
		schema: zSheetSubmitted,
		evolve: (state, { member, manifest }, { header }) => withReviewSheets(state, boxSubmitted(state.review.sheets, member, {
			seq: header.seq,
			manifest
		}))
	}),
	"review.sheets-opened": event({
		schema: zSheetsOpened,
		evolve: (state, { verdicts, owed }, { header }) => withReviewSheets(state, sheetsOpened(state.review.sheets, verdicts, owed, header.seq))
	}),
	"review.sheet-corrected": event({
		schema: zSheetCorrected,
		evolve: (state, { member, owed }, { header }) => withReviewSheets(state, corrected(state.review.sheets, member, owed, header.seq))
	}),
	"review.concluded": event({
		schema: zConcluded,
		evolve: (state, { at }, { header }) => withReview(state, {
			concluded: {
				seq: header.seq,
				at
			},
			sheets: closed(state.review.sheets, at),
			fewBids: {
				votes: {},
				outcome: null
			}
		})
	}),
	"review.competition-voted": event({
		schema: zCompetitionVoted,
		evolve: (state, { member }, { header }) => withReview(state, { fewBids: {
			...state.review.fewBids,
			votes: {
				...state.review.fewBids.votes,
				[member]: header.seq
			}
		} })
	}),
	"review.competition-decided": event({
		schema: zCompetitionDecided,
		evolve: (state, { outcome }) => withReview(state, { fewBids: {
			...state.review.fewBids,
			outcome
		} })
	}),
	"review.clarification-asked": event({
		schema: zClarificationAsked,
		evolve: (state, { id, bidder, dueAt }, { header }) => withReview(state, { clarifications: [...state.review.clarifications, {
			id,
			bidder,
			dueAt,
			askedSeq: header.seq,
			answeredSeq: null
		}] })
	}),
	"review.clarification-answered": event({
		schema: zClarificationAnswered,
		evolve: (state, { id }, { header }) => withReview(state, { clarifications: state.review.clarifications.map((one) => one.id === id ? {
			...one,
			answeredSeq: header.seq
		} : one) })
	})
};
const BASE = "review";
const nothingDecided = {
	concluded: null,
	fewBids: {
		votes: {},
		outcome: null
	}
};
const reviewFollows = {
	"committee.excused": event({
		schema: zExcused,
		evolve: (state, { member }) => {
			const { sheets } = state.review;
			const isSpentNow = isSpent(state, purposeOf(BASE, sheets.attempt));
			return withReview(state, {
				sheets: withoutMember(sheets, member, isSpentNow),
				...nothingDecided
			});
		}
	}),
	"committee.reopened": event({
		schema: zReopened,
		evolve: (state) => {
			const { sheets } = state.review;
			return withReview(state, {
				sheets: begunAgain(sheets, isSpent(state, purposeOf(BASE, sheets.attempt))),
				...nothingDecided
			});
		}
	})
};

function validityOf(state, bidder) {
	const extended = own(state.award.validity, bidder);
	if (extended !== void 0) return {
		seq: extended.seq,
		by: bidder,
		at: extended.until
	};
	const seq = own(state.opening.bids, bidOf(state, bidder)?.bid ?? "")?.sheetSeq ?? null;
	const days = openingSheetOf(state, bidder)?.validityDays;
	const deadline = state.setup.schedule?.deadline;
	if (seq === null || days === void 0 || deadline === void 0) return null;
	return {
		seq,
		by: bidder,
		at: wholeEnd(deadline, {
			value: days,
			unit: "calendar-day"
		}, ruleSetOf(state).calendar)
	};
}
function expiryOf(state, bidder, at) {
	const validity = validityOf(state, bidder);
	return validity === null || at < validity.at ? null : validity;
}
function expiredFault(state, bidder, at) {
	const expired = expiryOf(state, bidder, at);
	return expired === null ? null : refuse("E_BID_EXPIRED", `the bid of ${bidder} was valid until ${expired.at}, and no later end was agreed to: pass it over (INVALID_VALIDITY)`);
}

const CORRECTION_GROUNDS = [
	"INVALID_BOX",
	"INVALID_ITEM",
	"OBJECTIVE_MISMATCH",
	"OUTLIER",
	"RE_EVALUATION"
];
const zCorrectScores = strictObject({
	ground: _enum(CORRECTION_GROUNDS),
	reason: zText
});
const zConfirmation = strictObject({
	bidder: zName,
	item: zName,
	evidence: zText
});
const zExplanation = strictObject({
	bidder: zName,
	reason: zText
});
const zScoreSheet = strictObject({
	v: literal(1),
	bids: record$2(zName, record$2(zName, zDecimal))
});
const zReopen = strictObject({ reason: zText });
const zOutlierVote = strictObject({
	part: zPart,
	member: zName,
	bidder: zName,
	reason: zText
});
const zCell = strictObject({
	part: zPart,
	member: zName,
	bidder: zName,
	item: zName
});
const zReopening = strictObject({
	v: literal(1),
	ground: _enum(CELL_GROUNDS),
	by: array(zName),
	cells: array(zCell).min(1)
});

const scoresIn = (value) => readScores(value) ?? {};
function readScores(value) {
	const read = zScoreSheet.safeParse(value);
	return read.success ? read.data.bids : null;
}
const scoresOf = (state, step, member) => contentOf(state, step, member, scoresIn);
const sheetsOfPart = (state, part) => Object.fromEntries(membersOf(state).map((member) => [member, scoresOf(state, state.scoring.parts[part], member)]));
function standing(state, step) {
	const confirmed = /* @__PURE__ */ new Set();
	const explained = /* @__PURE__ */ new Set();
	for (const [member, seqs] of Object.entries(step.corrections)) for (const seq of seqs) {
		const confirmation = zConfirmation.safeParse(disclosed(state, seq, "x:confirmation"));
		if (confirmation.success) confirmed.add(`${member}/${confirmation.data.bidder}/${confirmation.data.item}`);
		const explanation = zExplanation.safeParse(disclosed(state, seq, "x:explanation"));
		if (explanation.success) explained.add(`${member}/${explanation.data.bidder}`);
	}
	return {
		confirmed,
		explained
	};
}
const itemsOfPart = (state, part) => tenderRulesOf(state).items.filter((item) => item.part === part);
function partDues(state, part, act = {}) {
	const { confirmed, explained } = standing(state, state.scoring.parts[part]);
	if (act.confirmed !== void 0) confirmed.add(act.confirmed);
	if (act.explained !== void 0) explained.add(act.explained);
	return duesOf({
		...askedOf(state, part),
		...act.sheets === void 0 ? {} : { sheets: act.sheets },
		confirmed,
		explained
	});
}
const bareDues = (state, part) => duesOf({
	...askedOf(state, part),
	confirmed: /* @__PURE__ */ new Set(),
	explained: /* @__PURE__ */ new Set()
});
const askedOf = (state, part) => ({
	items: itemsOfPart(state, part),
	bidders: validBidders(state),
	sheets: sheetsOfPart(state, part),
	outlierPercent: ruleSetOf(state).thresholds.outlierPercent
});

const owed$1 = array(zName);
const zScoresSubmitted = of("scoring.sheet-submitted", {
	part: zPart,
	member: zName,
	manifest: record$2(string(), json())
});
const zScoresOpened = of("scoring.sheets-opened", {
	part: zPart,
	verdicts: record$2(zName, _enum(VERDICTS)),
	owed: owed$1
});
const zItemCorrected = of("scoring.item-corrected", {
	part: zPart,
	member: zName,
	ground: _enum(CORRECTION_GROUNDS),
	owed: owed$1
});
const zItemConfirmed = of("scoring.item-confirmed", {
	part: zPart,
	member: zName,
	owed: owed$1
});
const zOutlierExplained = of("scoring.outlier-explained", {
	part: zPart,
	member: zName,
	owed: owed$1
});
const zPartClosed = of("scoring.part-closed", {
	part: zPart,
	at: zInstant
});
const zAggregated = of("scoring.aggregated", { at: zInstant });
const zOutlierVoted = of("scoring.outlier-voted", { member: zName });
const zCellsReopened = of("scoring.cells-reopened", {
	at: zInstant,
	owing: partialRecord(zPart, array(zName))
});

const initialScoring = {
	parts: {
		technical: initialSealedStep,
		commercial: initialSealedStep,
		credential: initialSealedStep
	},
	aggregated: null,
	outlierVotes: [],
	reopenings: [],
	reopened: {}
};
const withScoring = (state, change) => ({
	...state,
	scoring: {
		...state.scoring,
		...change
	}
});
const withPart = (state, part, change) => withScoring(state, { parts: {
	...state.scoring.parts,
	[part]: change(state.scoring.parts[part])
} });
const partOfStep = (step) => SCORE_PARTS.find((part) => step === scoresStep(part)) ?? null;
const scoringEvents = {
	"scoring.sheet-submitted": event({
		schema: zScoresSubmitted,
		evolve: (state, { part, member, manifest }, { header }) => withPart(state, part, (step) => boxSubmitted(step, member, {
			seq: header.seq,
			manifest
		}))
	}),
	"scoring.sheets-opened": event({
		schema: zScoresOpened,
		evolve: (state, { part, verdicts, owed }, { header }) => withPart(state, part, (step) => sheetsOpened(step, verdicts, owed, header.seq))
	}),
	"scoring.item-corrected": event({
		schema: zItemCorrected,
		evolve: (state, { part, member, ground, owed }, { header }) => {
			const after = withPart(state, part, (step) => corrected(step, member, owed, header.seq));
			return ground === "RE_EVALUATION" ? withScoring(after, { reopened: withoutOwing(after, [part], member) }) : after;
		}
	}),
	"scoring.item-confirmed": event({
		schema: zItemConfirmed,
		evolve: (state, { part, member, owed }, { header }) => withPart(state, part, (step) => corrected(step, member, owed, header.seq))
	}),
	"scoring.outlier-explained": event({
		schema: zOutlierExplained,
		evolve: (state, { part, member, owed }, { header }) => withPart(state, part, (step) => corrected(step, member, owed, header.seq))
	}),
	"scoring.part-closed": event({
		schema: zPartClosed,
		evolve: (state, { part, at }) => withPart(state, part, (step) => closed(step, at))
	}),
	"scoring.outlier-voted": event({
		schema: zOutlierVoted,
		evolve: (state, _voted, { header }) => withScoring(state, { outlierVotes: [...state.scoring.outlierVotes, header.seq] })
	}),
	"scoring.cells-reopened": event({
		schema: zCellsReopened,
		evolve: (state, { at, owing }, { header }) => {
			const parts = SCORE_PARTS.filter((part) => (owing[part] ?? []).length > 0);
			const [first] = parts;
			if (first === void 0) return withFault(state, "no cell was opened again");
			const reopenings = [...state.scoring.reopenings, header.seq];
			const begun = withScoring(state, {
				aggregated: null,
				outlierVotes: [],
				reopenings,
				reopened: owing
			});
			const open = parts.reduce((next, part) => withPart(next, part, (step) => reopenedFor(step, owing[part] ?? [])), begun);
			return moveTo(stepOpened(open, scoresStep(first), at), "EVALUATING");
		}
	}),
	"scoring.aggregated": event({
		schema: zAggregated,
		evolve: (state, { at }, { header }) => moveTo(stepOpened(withScoring(state, { aggregated: {
			seq: header.seq,
			at
		} }), null, at), "REPORT_SIGNING")
	})
};
const everyPart = (state, change) => SCORE_PARTS.reduce((next, part) => withPart(next, part, (step) => change(step, isSpent(state, purposeOf(scoresStep(part), step.attempt)))), withScoring(state, {
	aggregated: null,
	outlierVotes: []
}));
const withoutOwing = ({ scoring: { reopened } }, parts, member) => ({
	...reopened,
	...Object.fromEntries(parts.map((part) => [part, (reopened[part] ?? []).filter((one) => one !== member)]))
});
const scoringFollows = {
	"committee.excused": event({
		schema: zExcused,
		evolve: (state, { member }) => withScoring(everyPart(state, (step, isSpentNow) => withoutMember(step, member, isSpentNow)), { reopened: withoutOwing(state, SCORE_PARTS, member) })
	}),
	"committee.reopened": event({
		schema: zReopened,
		evolve: (state) => withScoring(everyPart(state, begunAgain), {
			reopenings: [],
			reopened: {}
		})
	})
};

function reportContent(state) {
	const { setup } = state;
	const rules = tenderRulesOf(state);
	const result = resultOf(state);
	return {
		v: 1,
		origin: state.origin,
		lot: state.lot,
		round: state.round,
		code: setup.code,
		name: setup.name,
		regime: setup.regime,
		jurisdiction: setup.jurisdiction,
		ruleSet: ruleSetOf(state).id,
		ruleSetHash: setup.ruleSetHash,
		documentPackage: setup.documentPackage,
		publishedAt: setup.publishedAt,
		amendments: setup.amendments.map(({ number, at, package: hash, summary }) => ({
			number,
			at,
			package: hash,
			summary
		})),
		method: rules.method,
		criteria: {
			price: rules.price,
			items: rules.items,
			review: rules.review,
			memberTrim: rules.memberTrim,
			deductions: rules.deductions
		},
		committee: committeeContent(state),
		opening: openingContent(state),
		qualification: qualificationContent(state),
		review: reviewResult(state) ?? null,
		fails: reviewFails(state) ?? null,
		fewBids: fewBidsContent(state),
		clarifications: clarificationContent(state),
		lowPrices: lowPriceContent(state),
		settlements: settlementContent(state),
		result: result ?? null,
		memberScores: memberScoresOf(state) ?? null,
		candidates: candidateContent(state)
	};
}
function committeeContent(state) {
	return {
		chair: state.committee.chair,
		members: membersOf(state).map((party) => ({
			party,
			kind: isRepresentative(state, party) ? "representative" : "expert",
			venue: presenceOf(state, party)?.venue ?? null,
			seat: presenceOf(state, party)?.seat ?? null,
			signedInAt: presenceOf(state, party)?.signedInAt ?? null
		})),
		excused: Object.entries(state.committee.excused).map(([party, { at, cause }]) => ({
			party,
			at,
			cause
		})),
		reEvaluations: state.setup.reEvaluations.map(({ at, ground, committee }) => ({
			at,
			ground,
			committee
		}))
	};
}
function openingContent(state) {
	const bids = Object.values(state.bidding.bids).map(({ bid, bidder, deliveredAt }) => ({
		bidder,
		name: own(state.opening.names, bidder) ?? null,
		deliveredAt,
		status: own(state.opening.bids, bid)?.status ?? "LOCKED",
		price: openingSheetOf(state, bidder)?.price ?? null
	}));
	return {
		startedAt: state.opening.startedAt,
		record: state.opening.record?.hash ?? null,
		k: state.opening.coefficient.value,
		bids
	};
}
function qualificationContent(state) {
	const { qualification } = state.review;
	return qualification === null ? null : disclosed(state, qualification.seq, "x:qualification") ?? null;
}
function fewBidsContent(state) {
	const { votes, outcome } = state.review.fewBids;
	if (outcome === null) return null;
	return {
		outcome,
		votes: Object.entries(votes).map(([member, seq]) => ({
			member,
			vote: disclosed(state, seq, "x:vote") ?? null
		}))
	};
}
const clarificationContent = (state) => state.review.clarifications.map(({ id, bidder, askedSeq, answeredSeq }) => ({
	id,
	bidder,
	question: disclosed(state, askedSeq, "x:question") ?? null,
	answer: answeredSeq === null ? null : disclosed(state, answeredSeq, "x:answer") ?? null
}));
function lowPriceContent(state) {
	const { lowPrice } = ruleSetOf(state).thresholds;
	if (lowPrice === null) return null;
	const prices = (reviewResult(state)?.valid ?? []).flatMap((party) => {
		const sheet = openingSheetOf(state, party);
		return sheet === null ? [] : [{
			party,
			price: decimal(sheet.price)
		}];
	});
	const triggers = lowPriceTriggers(prices.map(({ price }) => price), decimal(tenderRulesOf(state).ceiling), lowPrice);
	return prices.map(({ party }, index) => ({
		party,
		triggers: triggers[index] ?? []
	}));
}
function settlementContent(state) {
	return [{
		step: "review",
		of: state.review.sheets
	}, ...SCORE_PARTS.map((part) => ({
		step: `scores:${part}`,
		of: state.scoring.parts[part]
	}))].flatMap(({ step, of }) => Object.entries(of.corrections).flatMap(([member, seqs]) => seqs.map((seq) => {
		return {
			step,
			member,
			seq,
			acts: [
				"correction",
				"confirmation",
				"explanation"
			].flatMap((kind) => {
				const content = disclosed(state, seq, `x:${kind}`);
				return isObject(content) ? [{
					kind,
					content
				}] : [];
			})
		};
	})));
}
function candidateContent(state) {
	const result = resultOf(state);
	if (result === null) return [];
	return result.rows.filter((row) => result.candidates.includes(row.party)).map(({ party, rank, price, total }) => ({
		party,
		rank,
		price,
		total
	}));
}

const SIGNING_ENDS = [
	"SIGNED",
	"SIGNED_WITH_DISSENT",
	"DISSENT_ONLY",
	"REFUSED_DEEMED_AGREED"
];
const zGenerated = of("report.generated", {
	version: int().min(1),
	at: zInstant
});
const zSigned = of("report.signed", {
	member: zName,
	end: _enum(SIGNING_ENDS),
	at: zInstant
});
const zDelivered = of("report.delivered", { at: zInstant });
const zReviewed = of("report.reviewed", {
	outcome: _enum(["ACCEPTED", "QUESTIONED"]),
	at: zInstant
});

const initialReport = {
	generated: null,
	ends: {},
	deliveredAt: null,
	reviewed: null
};
const withReport = (state, change) => ({
	...state,
	report: {
		...state.report,
		...change
	}
});
const reportEvents = {
	"report.generated": event({
		schema: zGenerated,
		evolve: (state, { version, at }, { header }) => {
			const hash = header.parts["d:report"];
			if (hash === void 0) return withFault(state, "a report without its part");
			return withReport(state, {
				generated: {
					seq: header.seq,
					at,
					version,
					hash
				},
				ends: {}
			});
		}
	}),
	"report.signed": event({
		schema: zSigned,
		evolve: (state, { member, end, at }, { header }) => withReport(state, { ends: {
			...state.report.ends,
			[member]: {
				end,
				at,
				seq: header.seq
			}
		} })
	}),
	"report.delivered": event({
		schema: zDelivered,
		evolve: (state, { at }) => moveTo(withReport(state, { deliveredAt: at }), "EVALUATED")
	}),
	"report.reviewed": event({
		schema: zReviewed,
		evolve: (state, { outcome, at }, { header }) => {
			const reviewed = withReport(state, { reviewed: {
				outcome,
				at,
				seq: header.seq
			} });
			return state.status === "EVALUATED" ? moveTo(reviewed, "REPORT_REVIEW") : reviewed;
		}
	})
};
const reportFollows = {
	"committee.reopened": event({
		schema: zReopened,
		evolve: (state) => ({
			...state,
			report: initialReport
		})
	}),
	"scoring.cells-reopened": event({
		schema: zCellsReopened,
		evolve: (state) => ({
			...state,
			report: initialReport
		})
	})
};

const PASS_OVER_CAUSES = [
	"GIVES_UP",
	"FORCE_MAJEURE",
	"NO_PERFORMANCE_SECURITY",
	"UNLAWFUL",
	"INVALID_VALIDITY"
];
const zPublishCandidates = strictObject({ until: zInstant.nullable() });
const zObjectionText = strictObject({ text: zText });
const zAnswerObjection = strictObject({
	objection: zUuid,
	upheld: boolean()
});
const zFormCommittee = strictObject({
	members: array(zName).min(1).max(51),
	substitutes: array(zName).max(51).optional()
});
const zSubmitBallot = strictObject({
	round: int().min(1).max(99),
	manifest: record$2(string(), json())
});
const zOpenBallots = strictObject({ round: int().min(1).max(99) });
const zBallot = strictObject({
	v: literal(1),
	choice: zName.nullable(),
	reason: zText
});
const zDecision = strictObject({
	winner: zName,
	reason: zText,
	passedOver: array(strictObject({
		bidder: zName,
		cause: _enum(PASS_OVER_CAUSES),
		reason: zText
	})).max(10)
});
const GIVE_UP_CAUSES = ["GIVES_UP", "FORCE_MAJEURE"];
const zGiveUp = strictObject({ cause: _enum(GIVE_UP_CAUSES) });
const zStatement = strictObject({ text: zText });
const zAskValidity = strictObject({
	until: zInstant,
	reason: zText
});
const zExtendValidity = strictObject({ until: zInstant });
const zFindUnlawful = strictObject({
	bidder: zName,
	document: zHash
});
const zPassOver = strictObject({
	cause: _enum(PASS_OVER_CAUSES),
	reason: zText
});
const zRecordContract = strictObject({
	hash: zHash,
	price: zDecimal,
	signedAt: zInstant
});
const zArchive = strictObject({
	package: zHash,
	size: int().min(1)
});

const at = zInstant;
const COUNTED_OUTCOMES = [
	"WINNER",
	"RUN_OFF",
	"EXHAUSTED"
];
const zCandidate$1 = strictObject({
	bidder: zName,
	name: string().max(200),
	price: zDecimal,
	rank: int().nullable(),
	total: string().nullable()
});
const zCandidatesPublished = of("award.candidates-published", {
	at,
	until: zInstant,
	late: boolean(),
	candidates: array(zCandidate$1)
});
const zObjected = of("award.objected", {
	id: zUuid,
	by: zName,
	at,
	replyDue: zInstant
});
const zObjectionAnswered = of("award.objection-answered", {
	id: zUuid,
	at,
	upheld: boolean(),
	late: boolean()
});
const zPublicityClosed = of("award.publicity-closed", { at });
const zAwardOpened = of("award.opened", { at });
const zCommitteeFormed = of("award.committee-formed", {
	at,
	members: array(zName),
	substitutes: array(zName)
});
const zMembersSubstituted = of("award.members-substituted", {
	at,
	round: int(),
	replaced: array(strictObject({
		absent: zName,
		substitute: zName
	})).min(1)
});
const zRoundClosed = of("award.round-closed", {
	at,
	round: int(),
	absent: array(zName).min(1)
});
const zRoundVoid = of("award.round-void", {
	at,
	round: int(),
	absent: array(zName).min(1)
});
const zBallotSubmitted = of("award.ballot-submitted", {
	member: zName,
	round: int(),
	manifest: record$2(string(), json())
});
const zRoundCounted = of("award.round-counted", {
	round: int(),
	verdicts: record$2(zName, _enum(VERDICTS)),
	outcome: _enum(COUNTED_OUTCOMES)
});
const zDecided = of("award.decided", {
	at,
	deemed: boolean()
});
const zAnnounced = of("award.announced", {
	at,
	winner: zName,
	price: zDecimal,
	late: boolean(),
	securityDue: zInstant.nullable()
});
const zGivenUp = of("award.given-up", {
	at,
	bidder: zName,
	cause: _enum(GIVE_UP_CAUSES)
});
const zValidityAsked = of("award.validity-asked", {
	at,
	by: zName,
	until: zInstant,
	reason: string().max(4e3)
});
const zValidityExtended = of("award.validity-extended", {
	at,
	bidder: zName,
	until: zInstant
});
const zUnlawfulFound = of("award.unlawful-found", {
	at,
	by: zName,
	bidder: zName,
	document: zHash
});
const zEvidence = strictObject({
	seq: int().min(0),
	by: zName,
	at: zInstant
});
const zPassedOver = of("award.passed-over", {
	at,
	bidder: zName,
	cause: _enum(PASS_OVER_CAUSES),
	evidence: zEvidence
});
const zContractRecorded = of("award.contract-recorded", {
	at,
	hash: zHash,
	price: zDecimal,
	signedAt: zInstant,
	late: boolean()
});
const zArchived = of("award.archived", {
	at,
	package: zHash,
	size: int()
});

const FIRST_VOTE = {
	round: 1,
	since: 1,
	openedAt: null,
	isSubstituted: false,
	absent: null,
	boxes: {},
	verdicts: {},
	countedSeq: null,
	outcome: null
};
const initialAward = {
	publicity: null,
	publicityClosedAt: null,
	objections: [],
	committee: null,
	substitutes: [],
	substituted: [],
	vote: FIRST_VOTE,
	rounds: [],
	against: {},
	validity: {},
	asked: null,
	passedOver: {},
	decided: null,
	announced: null,
	lostMs: 0,
	contract: null,
	archive: null
};
const withAward = (state, change) => ({
	...state,
	award: {
		...state.award,
		...change
	}
});
function nextRound(state, openedAt, since = state.award.vote.since) {
	const { vote, rounds } = state.award;
	return withAward(state, {
		rounds: [...rounds, vote],
		vote: {
			...FIRST_VOTE,
			round: vote.round + 1,
			since,
			openedAt
		}
	});
}
const withVote = (state, change) => withAward(state, { vote: {
	...state.award.vote,
	...change
} });
const withEvidence = (state, bidder, cause, evidence) => {
	const { against } = state.award;
	return withAward(state, { against: {
		...against,
		[bidder]: [...own(against, bidder) ?? [], {
			cause,
			...evidence
		}]
	} });
};
const BALLOTS = "ballots";
const ballotPurpose = (state) => purposeOf(BALLOTS, state.award.vote.round);
const absentOf = ({ award: { committee, vote } }) => (committee ?? []).filter((member) => !Object.hasOwn(vote.boxes, member));
function isRoundFull(state) {
	const { committee, vote } = state.award;
	return committee !== null && vote.countedSeq === null && (vote.absent !== null || absentOf(state).length === 0);
}
const publicityEvents = {
	"award.candidates-published": event({
		schema: zCandidatesPublished,
		evolve: (state, { at, until, late, candidates }) => {
			const { against, validity, asked } = state.award;
			return moveTo(withAward(state, {
				...initialAward,
				against,
				validity,
				asked,
				publicity: {
					from: at,
					until,
					late,
					candidates
				}
			}), "CANDIDATE_PUBLICITY");
		}
	}),
	"award.objected": event({
		schema: zObjected,
		evolve: (state, { id, by, at, replyDue }, { header }) => withAward(state, { objections: [...state.award.objections, {
			id,
			by,
			at,
			seq: header.seq,
			replyDue,
			answered: null
		}] })
	}),
	"award.objection-answered": event({
		schema: zObjectionAnswered,
		evolve: (state, { id, at, upheld, late }, { header }) => withAward(state, { objections: state.award.objections.map((one) => one.id === id ? {
			...one,
			answered: {
				at,
				seq: header.seq,
				upheld,
				late
			}
		} : one) })
	}),
	"award.publicity-closed": event({
		schema: zPublicityClosed,
		evolve: (state, { at }) => {
			const isFormed = state.award.committee !== null;
			return moveTo(withVote(withAward(state, { publicityClosedAt: at }), { openedAt: isFormed ? at : null }), "AWARDING");
		}
	}),
	"award.opened": event({
		schema: zAwardOpened,
		evolve: (state) => moveTo(state, "AWARDING")
	})
};
const voteEvents = {
	"award.committee-formed": event({
		schema: zCommitteeFormed,
		evolve: (state, { at, members, substitutes }) => withVote(withAward(state, {
			committee: members,
			substitutes
		}), { openedAt: state.status === "AWARDING" ? at : null })
	}),
	"award.members-substituted": event({
		schema: zMembersSubstituted,
		evolve: (state, { at, round, replaced }) => {
			const { committee, substitutes, substituted } = state.award;
			const inFor = (member) => replaced.find(({ absent }) => absent === member)?.substitute ?? member;
			const changed = withAward(state, {
				committee: committee?.map(inFor) ?? null,
				substitutes: substitutes.slice(replaced.length),
				substituted: [...substituted, ...replaced.map((pair) => ({
					...pair,
					round,
					at
				}))]
			});
			return withVote(changed, {
				openedAt: at,
				isSubstituted: true
			});
		}
	}),
	"award.round-closed": event({
		schema: zRoundClosed,
		evolve: (state, { absent }) => withVote(state, { absent })
	}),
	"award.round-void": event({
		schema: zRoundVoid,
		evolve: (state, { absent }) => nextRound(withAward(withVote(state, {
			absent,
			outcome: "VOID"
		}), {
			committee: null,
			substitutes: []
		}), null)
	}),
	"award.ballot-submitted": event({
		schema: zBallotSubmitted,
		evolve: (state, { member, manifest }, { header }) => {
			const boxes = {
				...state.award.vote.boxes,
				[member]: {
					seq: header.seq,
					manifest
				}
			};
			return withAward(state, { vote: {
				...state.award.vote,
				boxes
			} });
		}
	}),
	"award.round-counted": event({
		schema: zRoundCounted,
		evolve: (state, { verdicts, outcome }, { header }) => {
			const counted = withVote(state, {
				verdicts,
				outcome,
				countedSeq: header.seq
			});
			return outcome === "RUN_OFF" ? nextRound(counted, header.at) : counted;
		}
	})
};
const resultEvents = {
	"award.decided": event({
		schema: zDecided,
		evolve: (state, { at, deemed }, { header }) => moveTo(withAward(state, { decided: {
			seq: header.seq,
			at,
			deemed
		} }), "AWARDED")
	}),
	"award.announced": event({
		schema: zAnnounced,
		evolve: (state, { at, winner, price, late, securityDue }, { header }) => withAward(state, { announced: {
			seq: header.seq,
			at,
			winner,
			price,
			late,
			securityDue
		} })
	}),
	"award.given-up": event({
		schema: zGivenUp,
		evolve: (state, { at, bidder, cause }, { header: { seq } }) => withEvidence(state, bidder, cause, {
			seq,
			by: bidder,
			at
		})
	}),
	"award.validity-asked": event({
		schema: zValidityAsked,
		evolve: (state, { until }, { header: { seq } }) => withAward(state, { asked: {
			until,
			seq
		} })
	}),
	"award.validity-extended": event({
		schema: zValidityExtended,
		evolve: (state, { bidder, until }, { header: { seq } }) => withAward(state, { validity: {
			...state.award.validity,
			[bidder]: {
				until,
				seq
			}
		} })
	}),
	"award.unlawful-found": event({
		schema: zUnlawfulFound,
		evolve: (state, { at, by, bidder }, { header: { seq } }) => withEvidence(state, bidder, "UNLAWFUL", {
			seq,
			by,
			at
		})
	}),
	"award.passed-over": event({
		schema: zPassedOver,
		evolve: (state, { at, bidder, cause, evidence }) => {
			const passedOver = {
				...state.award.passedOver,
				[bidder]: {
					cause,
					evidence
				}
			};
			const passed = withAward(state, {
				passedOver,
				decided: null,
				announced: null
			});
			const { vote, committee } = state.award;
			return moveTo(vote.countedSeq === null ? passed : nextRound(passed, committee === null ? null : at, vote.round + 1), "AWARDING");
		}
	}),
	"award.contract-recorded": event({
		schema: zContractRecorded,
		evolve: (state, { type: _, ...contract }) => moveTo(withAward(state, { contract }), "CONTRACTED")
	}),
	"award.archived": event({
		schema: zArchived,
		evolve: (state, { at, package: hash, size }) => moveTo(withAward(state, { archive: {
			at,
			package: hash,
			size
		} }), "ARCHIVED")
	})
};
const awardFollows = {
	"report.delivered": event({
		schema: zDelivered,
		evolve: (state) => withAward(state, { lostMs: 0 })
	}),
	"lot.resumed": event({
		schema: zLotResumed,
		evolve: (state, { lostMs }) => state.report.deliveredAt === null ? state : withAward(state, { lostMs: state.award.lostMs + lostMs })
	})
};
const awardEvents = {
	...publicityEvents,
	...voteEvents,
	...resultEvents
};

const isSeparated = (state) => awardMethodOf(tenderRulesOf(state).award).tally !== void 0;
const isRankBound = (state) => !isSeparated(state) && (state.setup.regime === "GOV_PROCUREMENT" || tenderRulesOf(state).stateMandated !== false);
function publishedCandidates(state) {
	const ranked = candidatesOf(state).slice(0, isSeparated(state) ? void 0 : ruleSetOf(state).thresholds.candidatesMax).map(({ party, price, rank, total }) => ({
		bidder: party,
		name: own(state.opening.names, party) ?? party,
		price,
		rank,
		total
	}));
	if (!isSeparated(state)) return ranked;
	return ranked.map((candidate) => ({
		...candidate,
		rank: null,
		total: null
	})).sort((a, b) => a.bidder < b.bidder ? -1 : 1);
}
const isStanding = ({ award }, bidder) => own(award.passedOver, bidder) === void 0 && own(award.against, bidder) === void 0;
const standingCandidates = (state) => (state.award.publicity?.candidates ?? []).map(({ bidder }) => bidder).filter((bidder) => isStanding(state, bidder));
const isVoted = (state) => isSeparated(state) && standingCandidates(state).length > 1;
function evidenceOf(state, bidder, cause, at) {
	const { against, announced } = state.award;
	if (cause === "INVALID_VALIDITY") return announced?.winner === bidder ? null : expiryOf(state, bidder, at);
	if (cause !== "NO_PERFORMANCE_SECURITY") {
		const found = own(against, bidder)?.find((one) => one.cause === cause);
		return found === void 0 ? null : {
			seq: found.seq,
			by: found.by,
			at: found.at
		};
	}
	if (announced?.winner !== bidder || announced.securityDue === null || at < announced.securityDue) return null;
	return {
		seq: announced.seq,
		by: bidder,
		at: announced.securityDue
	};
}
function deemedFrom(state) {
	const { deliveredAt } = state.report;
	if (deliveredAt === null || ruleSetOf(state).candidatePublicity) return null;
	const end = limitOf(state, "winnerDecision", deliveredAt);
	return end === null ? null : addMs(end, state.award.lostMs);
}
function ballotUntil(state) {
	const { openedAt, round, since, isSubstituted } = state.award.vote;
	if (openedAt === null) return null;
	return limitOf(state, round === since && !isSubstituted ? "awardMeeting" : "awardBallot", openedAt);
}
function challengeEnd(state) {
	const { announced } = state.award;
	const { limits, calendar, candidatePublicity } = ruleSetOf(state);
	if (announced === null || candidatePublicity || limits.challenge === null) return null;
	const noticed = limitOf(state, "resultNotice", announced.at);
	return noticed === null ? limitOf(state, "challenge", announced.at) : limitEndAfter(noticed, limits.challenge, calendar);
}
const zTally = strictObject({
	v: literal(1),
	round: int(),
	votes: record$2(zName, int()),
	abstentions: int(),
	winner: zName.nullable(),
	runOff: array(zName)
});
function votableCandidates(state) {
	const standing = standingCandidates(state);
	const { rounds, vote } = state.award;
	const last = rounds.findLast(({ since, countedSeq }) => since === vote.since && countedSeq !== null);
	if (last === void 0 || last.countedSeq === null) return standing;
	const tally = zTally.safeParse(disclosed(state, last.countedSeq, "d:tally"));
	const inRunOff = tally.success ? standing.filter((bidder) => tally.data.runOff.includes(bidder)) : [];
	return tally.success && inRunOff.length < 2 ? standing : inRunOff;
}
const zAward = strictObject({
	v: literal(1),
	winner: zName,
	name: string(),
	price: zDecimal,
	method: _enum(AWARD_KINDS),
	reason: string(),
	passedOver: array(strictObject({
		bidder: zName,
		cause: string(),
		reason: string(),
		evidence: zEvidence.exactOptional()
	}))
});
function awardOf(state) {
	const { decided } = state.award;
	if (decided === null) return null;
	const read = zAward.safeParse(disclosed(state, decided.seq, "d:award"));
	return read.success ? read.data : null;
}
const openObjections = (state) => state.award.objections.filter((one) => one.answered === null);
const priceOf = (state, bidder) => resultOf(state)?.rows.find((row) => row.party === bidder)?.price ?? null;

function askValidity(state, { party, payload: { until, reason } }, { at }) {
	const ends = openedBidders(state).flatMap((bidder) => validityOf(state, bidder)?.at ?? []);
	if (ends.length === 0) return refuse("WRONG_STATE", "no bid was opened, so none has a validity to extend");
	if (!ends.some((end) => at < end)) return refuse("E_DEADLINE_PASSED", "the validity of every bid has ended: nobody is asked to be bound again");
	if (!ends.some((end) => at < end && end < until)) return refuse("E_INPUT", "until: every bid that still binds is valid until then already");
	return accept([{
		type: "award.validity-asked",
		at,
		by: party,
		until,
		reason
	}]);
}
function extendValidity(state, { party, payload: { until } }, { at }) {
	const validity = validityOf(state, party);
	if (validity === null) return refuse("FORBIDDEN", "only a bid that was opened has a validity to extend");
	if (at >= validity.at) return refuse("E_DEADLINE_PASSED", `your bid was valid until ${validity.at}`);
	if (until <= validity.at) return refuse("E_INPUT", `until: your bid is valid until ${validity.at} already`);
	return accept([{
		type: "award.validity-extended",
		at,
		bidder: party,
		until
	}]);
}
function validityDuties(state, party) {
	const { asked } = state.award;
	if (asked === null || !hasRole(state, party, "bidder")) return [];
	const validity = validityOf(state, party);
	return validity !== null && validity.at < asked.until && (state.at ?? "") < validity.at ? [duty("award.extend-validity", "", null, validity.at)] : [];
}

const awardDuties = (state, party) => [...validityDuties(state, party), ...ofStatus(state, party)];
function ofStatus(state, party) {
	const isTenderer = hasRole(state, party, "tenderer");
	switch (state.status) {
		case "EVALUATED": return party === "node:main" ? deeming(state) : [];
		case "REPORT_REVIEW": return [...afterReview(state, party), ...party === "node:main" ? deeming(state) : []];
		case "CANDIDATE_PUBLICITY": return [...isTenderer ? answers$1(state) : [], ...party === "node:main" ? closing(state) : []];
		case "AWARDING": return isVoted(state) ? voting(state, party) : isTenderer ? [duty("award.decide")] : [];
		case "AWARDED": return isTenderer ? [...answers$1(state), ...state.award.announced === null ? announcing(state) : []] : [];
		default: return [];
	}
}
function afterReview(state, party) {
	if (state.report.reviewed?.outcome !== "ACCEPTED") return [];
	if (state.setup.ruleSet?.candidatePublicity === false) return hasRole(state, party, "tenderer") ? [duty("award.decide")] : [];
	return hasRole(state, party, "agency") ? [duty("award.publish-candidates")] : [];
}
function deeming(state) {
	const from = deemedFrom(state);
	return from === null ? [] : [duty("award.deem-decided", "", from)];
}
function announcing(state) {
	const winner = awardOf(state)?.winner;
	return [winner !== void 0 && expiryOf(state, winner, state.at ?? "") !== null ? duty("award.pass-over", winner) : duty("award.announce")];
}
const answers$1 = (state) => openObjections(state).map(({ id, replyDue }) => duty("award.answer-objection", id, null, replyDue));
function closing(state) {
	const { publicity, objections } = state.award;
	return objections.some(({ answered }) => answered === null || answered.upheld) ? [] : [duty("award.close-publicity", "", publicity?.until ?? null)];
}
function voting(state, party) {
	const { committee, vote } = state.award;
	if (committee === null) return hasRole(state, party, "tenderer") ? [duty("award.form-committee")] : [];
	const purpose = ballotPurpose(state);
	const until = ballotUntil(state);
	const isWaited = !isRoundFull(state) && vote.countedSeq === null;
	if (committee.includes(party) && own(vote.boxes, party) === void 0 && isWaited) return [duty("award.submit-ballot", purpose, null, until)];
	if (party !== "node:main") return [];
	if (isWaited) return until === null ? [] : [duty("award.close-round", "", until)];
	return isRoundFull(state) && isReleased(state, purpose) ? [duty("award.open-ballots", purpose)] : [];
}
function awardLimits(state) {
	const { status, award } = state;
	const owners = [...partiesWith(state, "tenderer"), ...partiesWith(state, "agency")];
	const replies = openObjections(state).flatMap(({ by, replyDue }) => limit$1("objection-reply", replyDue, [by, ...owners]));
	if (status === "CANDIDATE_PUBLICITY") return [...limit$1("publicity", award.publicity?.until), ...replies];
	if (status === "EVALUATED" || status === "REPORT_REVIEW") return limit$1("winner-decision", deemedFrom(state), owners);
	if (status === "AWARDING" && isVoted(state)) return limit$1("ballot", ballotUntil(state), [...award.committee ?? [], ...owners]);
	if (status === "AWARDED" && award.announced !== null) {
		const { at, securityDue, winner } = award.announced;
		return [
			...limit$1("contract", limitOf(state, "contract", at)),
			...limit$1("challenge", challengeEnd(state), [...partiesWith(state, "bidder"), ...owners]),
			...limit$1("performance-security", securityDue, [winner, ...owners]),
			...replies
		];
	}
	return [];
}
const awardPurposes = (state) => {
	const current = ballotPurpose(state);
	const isPast = FINAL_STATUSES.includes(state.status) || state.status === "AWARDED" || state.status === "CONTRACTED";
	return [{
		family: BALLOTS,
		current,
		isDue: state.setup.rules !== null && isSeparated(state) && state.status !== "DRAFT" && !isPast,
		opens: (purpose) => state.status === "AWARDING" && purpose === current && isVoted(state) && isRoundFull(state)
	}];
};

const isAwardMember = (viewer, state) => viewer.party !== null && state.award.committee?.includes(viewer.party) === true;
const isAwardInsider = (viewer, state) => viewer.party !== null && (isOwner(viewer) || isAwardMember(viewer, state) || viewer.roles.includes("supervisor") || viewer.party === "node:main");
const seesAward = (viewer, state) => isAwardInsider(viewer, state) || state.award.announced !== null;
const seesBallot = (viewer, _state, entry, part) => viewer.party !== null && (viewer.party === "node:main" || viewer.party === entry.party || viewer.roles.includes("supervisor") || part === `x:sheet:${viewer.party}`);
const seesObjection = (viewer, state, entry) => {
	if (viewer.party === null) return false;
	if (isOwner(viewer) || viewer.roles.includes("supervisor") || viewer.party === "node:main") return true;
	const { seq } = entry.header;
	return state.award.objections.some((one) => one.by === viewer.party && (one.seq === seq || one.answered?.seq === seq));
};
const seesWord = (viewer, _state, entry) => viewer.party !== null && (viewer.party === entry.party || isOwner(viewer) || viewer.roles.includes("supervisor") || viewer.party === "node:main");
const seesNotice = (viewer, _state, _entry, part) => viewer.party !== null && (part === `d:notice:${viewer.party}` || isOwner(viewer) || viewer.roles.includes("supervisor") || viewer.party === "node:main");

function publishCandidates(state, asked, context) {
	const rules = ruleSetOf(state);
	if (!rules.candidatePublicity) return refuse("WRONG_STATE", "this regime publishes the result, not candidates");
	if (state.report.reviewed?.outcome !== "ACCEPTED") return refuse("WRONG_STATE", "the tenderer has not accepted the report");
	if (isSeparated(state) && !rules.separationAllowed) return refuse("E_SEPARATION_NOT_ALLOWED", `the rules of ${rules.jurisdiction} give the award to rank 1`);
	const candidates = publishedCandidates(state);
	if (candidates.length === 0) return refuse("WRONG_STATE", "there is no candidate");
	const earliest = limitOf(state, "publicity", context.at) ?? context.at;
	const until = asked.payload.until ?? earliest;
	if (until < earliest) return refuse("E_PUBLICITY_SHORT", `the publicity lasts until ${earliest} at least`);
	const due = limitOf(state, "reportToPublicity", state.report.deliveredAt ?? context.at);
	const late = due !== null && context.at > due;
	const published = {
		type: "award.candidates-published",
		at: context.at,
		until,
		late,
		candidates: candidates.map((candidate) => ({ ...candidate }))
	};
	return accept([published]);
}
function object(state, asked, context) {
	if (state.award.objections.some((one) => one.id === asked.id)) return refuse("E_ALREADY_DONE", "this objection is on the record");
	const end = objectionEnd(state);
	if (end === null) return refuse("WRONG_STATE", "nothing is published that could be objected to");
	if (context.at >= end) return refuse("E_DEADLINE_PASSED", `objections were possible until ${end}`);
	const replyDue = limitOf(state, "objectionReply", context.at) ?? end;
	return accept([{
		type: "award.objected",
		id: asked.id,
		by: asked.party,
		at: context.at,
		replyDue
	}]);
}
function objectionEnd(state) {
	if (state.status === "CANDIDATE_PUBLICITY") return state.award.publicity?.until ?? null;
	return challengeEnd(state);
}
function answerObjection(state, asked, context) {
	const { objection: id, upheld } = asked.payload;
	const objection = state.award.objections.find((one) => one.id === id);
	if (objection === void 0) return refuse("E_INPUT", "objection: there is none of this id");
	if (objection.answered !== null) return refuse("E_ALREADY_DONE", "this objection is answered");
	return accept([{
		type: "award.objection-answered",
		id,
		at: context.at,
		upheld,
		late: context.at > objection.replyDue
	}]);
}
function closePublicity(state, _asked, context) {
	const until = state.award.publicity?.until ?? context.at;
	if (context.at < until) return refuse("E_PUBLICITY_SHORT", `the publicity lasts until ${until}`);
	if (openObjections(state).length > 0) return refuse("E_OBJECTION_OPEN", "an objection is not answered: the procedure rests");
	if (state.award.objections.some((one) => one.answered?.upheld === true)) return refuse("E_OBJECTION_OPEN", "an objection was upheld: the evaluation must be looked at again");
	return accept([{
		type: "award.publicity-closed",
		at: context.at
	}]);
}

const awarded = (award, at, deemed = false) => ({
	event: {
		type: "award.decided",
		at,
		deemed
	},
	derived: { ...award }
});
function decideAward(state, asked, context) {
	const fault = awardTimeFault(state);
	if (fault !== null) return fault;
	if (isVoted(state)) return refuse("FORBIDDEN", "the award committee votes on this award");
	const read = zDecision.safeParse(asked.opened["decision"]);
	if (!read.success) return refuse("E_INPUT", "secrets.decision: missing");
	const { winner, reason, passedOver } = read.data;
	const ranked = candidatesOf(state);
	const chosen = ranked.find((candidate) => candidate.party === winner);
	if (chosen === void 0) return refuse("E_INPUT", `secrets.decision.winner: ${winner} is no candidate`);
	if (own(state.award.passedOver, winner) !== void 0) return refuse("E_INPUT", `secrets.decision.winner: ${winner} was passed over`);
	if (!isStanding(state, winner)) return refuse("E_INPUT", `secrets.decision.winner: ${winner} gave up, or was found to have acted unlawfully`);
	const expired = expiredFault(state, winner, context.at);
	if (expired !== null) return expired;
	const better = ranked.filter(({ party, rank }) => rank < chosen.rank && own(state.award.passedOver, party) === void 0);
	const unexplained = better.find(({ party }) => !passedOver.some((one) => one.bidder === party));
	if (unexplained !== void 0 && isRankBound(state)) return refuse("E_REASON_REQUIRED", `${unexplained.party} ranks before ${winner}: only a legal cause passes him over`);
	const needless = passedOver.find((one) => !better.some(({ party }) => party === one.bidder));
	if (needless !== void 0) return refuse("E_INPUT", `secrets.decision.passedOver: ${needless.bidder} does not rank before ${winner}`);
	const explained = [];
	for (const one of passedOver) {
		const evidence = evidenceOf(state, one.bidder, one.cause, context.at);
		if (evidence === null) return noEvidence(one.bidder, one.cause);
		explained.push({
			...one,
			evidence
		});
	}
	const { event, derived } = awarded(awardTo(state, chosen, reason, explained), context.at);
	const opening = state.status === "REPORT_REVIEW" ? [{
		type: "award.opened",
		at: context.at
	}] : [];
	return accept([...opening, event], { award: derived });
}
const awardTo = (state, { party: winner, price }, reason, passedOver) => {
	return {
		v: 1,
		winner,
		name: own(state.opening.names, winner) ?? winner,
		price,
		method: tenderRulesOf(state).award.kind,
		reason,
		passedOver
	};
};
const noEvidence = (bidder, cause) => refuse("E_NO_EVIDENCE", `${bidder} is passed over for ${cause} only on ${EVIDENCE[cause]}`);
const EVIDENCE = {
	GIVES_UP: "its own act (award.give-up)",
	FORCE_MAJEURE: "its own act (award.give-up)",
	NO_PERFORMANCE_SECURITY: "a date that its award notice set and that has passed",
	INVALID_VALIDITY: "the end of its bid’s validity without its consent to a later one (award.extend-validity)",
	UNLAWFUL: "an entry of the supervision authority (award.find-unlawful)"
};
function deemDecided(state, _asked, { at }) {
	const from = deemedFrom(state);
	if (from === null) return refuse("WRONG_STATE", "the law takes nobody for the winner here");
	if (at < from) return refuse("E_TOO_EARLY", `the purchaser decides until ${from}`);
	const [first, second] = candidatesOf(state);
	if (first === void 0 || second?.rank === first.rank) return refuse("WRONG_STATE", "no one candidate stands first");
	if (!isStanding(state, first.party)) return refuse("E_INPUT", `${first.party} was found to have acted unlawfully: the purchaser decides`);
	const expired = expiredFault(state, first.party, at);
	if (expired !== null) return expired;
	const { event, derived } = awarded(awardTo(state, first, DEEMED_REASON, []), at, true);
	return accept([{
		type: "award.opened",
		at
	}, event], { award: derived });
}
const DEEMED_REASON = "采购人逾期未确定中标人，视同按评标报告推荐的顺序确定排名第一的中标候选人为中标人（87号令第六十八条）";
function awardTimeFault(state) {
	if (state.status === "REPORT_REVIEW") {
		if (ruleSetOf(state).candidatePublicity) return refuse("WRONG_STATE", "candidates are published first");
		if (state.report.reviewed?.outcome !== "ACCEPTED") return refuse("WRONG_STATE", "the purchaser has not accepted the report");
	}
	return openObjections(state).length > 0 ? refuse("E_OBJECTION_OPEN", "an objection is not answered") : null;
}
function announce(state, _asked, context) {
	if (state.award.announced !== null) return refuse("E_ALREADY_DONE", "the result is announced");
	const award = awardOf(state);
	if (award === null || state.award.decided === null) return refuse("WRONG_STATE", "the award is not decided");
	if (openObjections(state).length > 0) return refuse("E_OBJECTION_OPEN", "an objection is not answered");
	const expired = expiredFault(state, award.winner, context.at);
	if (expired !== null) return expired;
	const due = limitOf(state, "resultAnnouncement", state.award.decided.at);
	const { performanceSecurity } = tenderRulesOf(state);
	const securityDue = performanceSecurity === void 0 ? null : limitEnd(context.at, {
		value: performanceSecurity.days,
		unit: "calendar-day"
	}, ruleSetOf(state).calendar);
	const derived = {};
	for (const bidder of openedBidders(state)) derived[`notice:${bidder}`] = notice(state, award, bidder);
	return accept([{
		type: "award.announced",
		at: context.at,
		winner: award.winner,
		price: award.price,
		late: due !== null && context.at > due,
		securityDue
	}], derived);
}
function notice(state, award, bidder) {
	const row = resultOf(state)?.rows.find((one) => one.party === bidder);
	const rejection = reviewResult(state)?.rejected.find((one) => one.bidder === bidder);
	const expired = resultOf(state)?.expired?.find((one) => one.party === bidder);
	return {
		v: 1,
		kind: bidder === award.winner ? "AWARD_NOTICE" : "RESULT_NOTICE",
		lot: state.lot,
		code: state.setup.code,
		name: state.setup.name,
		bidder,
		winner: award.winner,
		winnerName: award.name,
		price: award.price,
		own: row === void 0 ? null : {
			total: row.total,
			rank: row.rank,
			price: row.price
		},
		...expired === void 0 ? {} : { expired: expired.until },
		rejected: rejection === void 0 ? null : {
			grounds: rejection.grounds,
			reasons: rejection.reasons.map(({ item, ground, reason }) => ({
				item,
				ground,
				reason
			}))
		}
	};
}
function passOver(state, asked, context) {
	const award = awardOf(state);
	if (award === null) return refuse("WRONG_STATE", "there is no winner");
	const { cause } = asked.payload;
	const evidence = evidenceOf(state, award.winner, cause, context.at);
	if (evidence === null) return noEvidence(award.winner, cause);
	return accept([{
		type: "award.passed-over",
		at: context.at,
		bidder: award.winner,
		cause,
		evidence
	}]);
}
function recordContract(state, asked, context) {
	const { announced } = state.award;
	const { hash, price, signedAt } = asked.payload;
	if (announced === null) return refuse("WRONG_STATE", "the result is not announced");
	if (openObjections(state).length > 0) return refuse("E_OBJECTION_OPEN", "a challenge is not answered");
	const money = zMoney.safeParse(price);
	if (!money.success) return refuse("E_INPUT", `price: ${firstIssue(money.error)}`);
	if (!decimal(price).eq(announced.price)) return refuse("E_INPUT", `price: the bid that won says ${announced.price}`);
	if (signedAt < announced.at) return refuse("E_INPUT", "signedAt: lies before the notice");
	if (signedAt > context.at) return refuse("E_INPUT", "signedAt: lies in the future");
	const due = limitOf(state, "contract", announced.at);
	return accept([{
		type: "award.contract-recorded",
		at: context.at,
		hash,
		price,
		signedAt,
		late: due !== null && signedAt > due
	}]);
}
function archive(state, asked, context) {
	const [held] = heldSecurities(state);
	if (held !== void 0) return refuse("E_STEP_BARRIER", `the bid security of ${held} is neither returned nor withheld`);
	return accept([{
		type: "award.archived",
		at: context.at,
		package: asked.payload.package,
		size: asked.payload.size
	}]);
}
function awardCommitteeSize(state) {
	const { award } = tenderRulesOf(state);
	return awardMethodOf(award).committeeSize(award);
}

function formCommittee(state, asked, context) {
	const { members, substitutes = [] } = asked.payload;
	const all = [...members, ...substitutes];
	const { separationAllowed, thresholds } = ruleSetOf(state);
	if (!isSeparated(state)) return refuse("FORBIDDEN", "the tender document gives the award to rank 1");
	if (!separationAllowed) return refuse("E_SEPARATION_NOT_ALLOWED", "these rules give the award to rank 1");
	if (state.award.committee !== null) return refuse("E_ALREADY_DONE", "the award committee is formed");
	if (new Set(all).size !== all.length) return refuse("E_INPUT", "members: somebody is named twice");
	const stranger = all.find((party) => !hasRole(state, party, "award-member"));
	if (stranger !== void 0) return refuse("E_INPUT", `members: ${stranger} is not admitted as a member of the award committee`);
	if (members.length < thresholds.awardCommitteeMin || members.length !== awardCommitteeSize(state)) return refuse("E_COMMITTEE_SIZE", `the tender document plans ${awardCommitteeSize(state)} members`);
	if (members.length % 2 === 0) return refuse("E_COMMITTEE_EVEN", "an award committee has an odd number of members");
	const hit = all.find((party) => isConflicted(state, party));
	if (hit !== void 0) return refuse("E_RECUSAL_HIT", `${hit} sat in the evaluation committee or belongs to a candidate`);
	return accept([{
		type: "award.committee-formed",
		at: context.at,
		members,
		substitutes
	}]);
}
function isConflicted(state, party) {
	const binding = bindingOf(state, party);
	if (binding === null) return false;
	const isEvaluator = membersOf(state).some((member) => binding.person !== null && bindingOf(state, member)?.person?.id === binding.person.id);
	const isCandidate = publishedCandidates(state).some(({ bidder }) => binding.organisation !== null && bindingOf(state, bidder)?.organisation?.id === binding.organisation.id);
	return isEvaluator || isCandidate;
}
function submitBallot(state, asked) {
	const { committee, vote } = state.award;
	const { round, manifest } = asked.payload;
	if (committee?.includes(asked.party) !== true) return refuse("FORBIDDEN", "you are not a member of the award committee");
	if (round !== vote.round) return refuse("WRONG_STEP", `the vote is in round ${vote.round}`);
	if (!isVoted(state)) return refuse("WRONG_STATE", "one candidate alone is not voted on");
	if (vote.absent !== null) return refuse("E_DEADLINE_PASSED", "the time of this round is over, and it is counted");
	const fault = submitFault(ringOf(state), ballotPurpose(state), {
		boxes: vote.boxes,
		opened: {}
	}, asked);
	if (fault !== null) return fault;
	return accept([{
		type: "award.ballot-submitted",
		member: asked.party,
		round,
		manifest
	}]);
}
function closeRound(state, _asked, { at }) {
	const { committee, substitutes, vote } = state.award;
	const until = ballotUntil(state);
	if (committee === null || until === null) return refuse("WRONG_STATE", "no round with a time of its own is open");
	if (isRoundFull(state)) return refuse("E_ALREADY_DONE", "this round waits for nobody");
	if (at < until) return refuse("E_TOO_EARLY", `members may vote until ${until}`);
	const { round } = vote;
	const absent = absentOf(state);
	if (substitutes.length > 0) {
		const replaced = absent.slice(0, substitutes.length).map((member, index) => ({
			absent: member,
			substitute: need(substitutes[index])
		}));
		return accept([{
			type: "award.members-substituted",
			at,
			round,
			replaced
		}]);
	}
	const { awardQuorum, awardTieRoundsMax } = ruleSetOf(state).thresholds;
	const quorum = awardQuorum === null ? committee.length : Math.ceil(committee.length * awardQuorum.num / awardQuorum.den);
	if (committee.length - absent.length >= quorum) return accept([{
		type: "award.round-closed",
		at,
		round,
		absent
	}]);
	const voided = {
		type: "award.round-void",
		at,
		round,
		absent
	};
	return roundsOf(state) < awardTieRoundsMax ? accept([voided]) : accept([voided, failed(at, "NO_AWARD_VALID", `too few members voted in the last of ${roundsOf(state)} rounds`)]);
}
const roundsOf = ({ award: { vote } }) => vote.round - vote.since + 1;
function openBallots(state, asked, context) {
	const { vote, committee } = state.award;
	if (asked.payload.round !== vote.round) return refuse("WRONG_STEP", `the vote is in round ${vote.round}`);
	if (committee === null || !isRoundFull(state)) return refuse("E_STEP_BARRIER", "a member still owes a ballot");
	if (!isVoted(state)) return refuse("WRONG_STATE", "one candidate alone is not voted on");
	const opening = openBoxes(ringOf(state), vote.boxes, asked);
	if (!("verdicts" in opening)) return opening;
	const candidates = votableCandidates(state);
	const { verdicts, sheets } = readSheets(opening, (content) => {
		const ballot = zBallot.safeParse(content);
		return ballot.success && (ballot.data.choice === null || candidates.includes(ballot.data.choice)) ? ballot.data : null;
	});
	const ballots = committee.map((member) => own(sheets, member));
	return counted(state, {
		candidates,
		choices: ballots.map((ballot) => ballot?.choice ?? null),
		verdicts,
		reasons: ballots.flatMap((ballot) => ballot === void 0 ? [] : [`${ballot.choice ?? "-"}: ${ballot.reason}`])
	}, context.at);
}
function counted(state, { candidates, choices, verdicts, reasons }, at) {
	const { vote, committee } = state.award;
	const { award } = tenderRulesOf(state);
	const { votes, outcome } = need(awardMethodOf(award).tally)(candidates, choices, committee?.length ?? 0);
	const abstentions = choices.filter((choice) => choice === null).length;
	const winner = "winner" in outcome ? outcome.winner : null;
	const runOff = "runOff" in outcome ? [...outcome.runOff] : [];
	const derived = { tally: {
		v: 1,
		round: vote.round,
		votes: { ...votes },
		abstentions,
		winner,
		runOff
	} };
	const event = (result) => ({
		type: "award.round-counted",
		round: vote.round,
		verdicts,
		outcome: result
	});
	if (winner !== null) {
		const name = own(state.opening.names, winner) ?? winner;
		const price = priceOf(state, winner) ?? "0";
		const decided = awarded({
			v: 1,
			winner,
			name,
			price,
			method: award.kind,
			reason: reasonOf(reasons, winner),
			passedOver: []
		}, at);
		return accept([event("WINNER"), decided.event], {
			...derived,
			award: decided.derived
		});
	}
	const rounds = roundsOf(state);
	if (rounds >= ruleSetOf(state).thresholds.awardTieRoundsMax) return accept([event("EXHAUSTED"), failed(at, "NO_AWARD_VALID", `no candidate had more than half of the votes in ${rounds} rounds`)], derived);
	return accept([event("RUN_OFF")], derived);
}
const reasonOf = (reasons, winner) => reasons.filter((reason) => reason.startsWith(`${winner}: `)).map((reason) => reason.slice(winner.length + 2)).sort().join("\n").slice(0, 4e3);

function giveUp(state, { party, payload: { cause } }, { at }) {
	const { publicity, announced, passedOver } = state.award;
	if (!(publicity?.candidates.some(({ bidder }) => bidder === party) === true || announced?.winner === party)) return refuse("FORBIDDEN", "only a published candidate or the announced winner can give up");
	if (own(passedOver, party) !== void 0) return refuse("E_ALREADY_DONE", "you were passed over");
	if (evidenceOf(state, party, cause, at) !== null) return refuse("E_ALREADY_DONE", "this is on the record");
	return accept([{
		type: "award.given-up",
		at,
		bidder: party,
		cause
	}]);
}
function findUnlawful(state, { party, payload }, { at }) {
	const { bidder, document } = payload;
	if (!hasRole(state, bidder, "bidder")) return refuse("E_INPUT", `bidder: ${bidder} is no bidder of this lot`);
	if (evidenceOf(state, bidder, "UNLAWFUL", at) !== null) return refuse("E_ALREADY_DONE", "this is on the record");
	return accept([{
		type: "award.unlawful-found",
		at,
		by: party,
		bidder,
		document
	}]);
}

const publicityCommands = {
	"award.publish-candidates": command({
		schema: zPublishCandidates,
		roles: ["agency", "tenderer"],
		states: ["REPORT_REVIEW"],
		assurance: "certificate",
		decide: publishCandidates,
		makes: ["award.candidates-published"]
	}),
	"award.object": command({
		schema: zNothing,
		secrets: { objection: zObjectionText },
		roles: ["bidder"],
		states: ["CANDIDATE_PUBLICITY", "AWARDED"],
		assurance: "certificate",
		decide: object,
		audience: { "x:objection": seesObjection }
	}),
	"award.answer-objection": command({
		schema: zAnswerObjection,
		secrets: { answer: zObjectionText },
		roles: ["tenderer", "agency"],
		states: ["CANDIDATE_PUBLICITY", "AWARDED"],
		assurance: "certificate",
		decide: answerObjection,
		audience: { "x:answer": seesObjection }
	}),
	"award.close-publicity": command({
		schema: zNothing,
		roles: [
			"agency",
			"tenderer",
			"node"
		],
		states: ["CANDIDATE_PUBLICITY"],
		assurance: "session",
		decide: closePublicity
	})
};
const decisionCommands = {
	"award.form-committee": command({
		schema: zFormCommittee,
		roles: ["tenderer"],
		states: ["CANDIDATE_PUBLICITY", "AWARDING"],
		assurance: "certificate",
		decide: formCommittee
	}),
	"award.submit-ballot": command({
		schema: zSubmitBallot,
		secrets: { ciphertext: zCiphertext },
		roles: ["award-member"],
		states: ["AWARDING"],
		assurance: "certificate",
		decide: submitBallot,
		audience: { "x:ciphertext": seesCiphertext }
	}),
	"award.close-round": command({
		schema: zNothing,
		roles: ["tenderer", "node"],
		states: ["AWARDING"],
		assurance: "session",
		decide: closeRound
	}),
	"award.open-ballots": command({
		schema: zOpenBallots,
		secrets: {
			masters: zMasters,
			"sheet:*": zAnything
		},
		roles: ["node"],
		states: ["AWARDING"],
		assurance: "node",
		decide: openBallots,
		makes: [
			"award.round-counted",
			"award.decided",
			"lot.failed"
		],
		audience: {
			"x:masters": seesCiphertext,
			"x:sheet:*": seesBallot,
			"d:tally": seesAward,
			"d:award": seesAward
		}
	}),
	"award.decide": command({
		schema: zNothing,
		secrets: { decision: zDecision },
		roles: ["tenderer"],
		states: ["REPORT_REVIEW", "AWARDING"],
		assurance: "certificate",
		decide: decideAward,
		makes: ["award.opened", "award.decided"],
		audience: {
			"x:decision": seesAward,
			"d:award": seesAward
		}
	}),
	"award.deem-decided": command({
		schema: zNothing,
		roles: [
			"node",
			"agency",
			"tenderer",
			"supervisor",
			"bidder"
		],
		states: ["EVALUATED", "REPORT_REVIEW"],
		assurance: "session",
		decide: deemDecided,
		makes: ["award.opened", "award.decided"],
		audience: { "d:award": seesAward }
	}),
	"award.give-up": command({
		schema: zGiveUp,
		secrets: { statement: zStatement },
		roles: ["bidder"],
		states: [
			"CANDIDATE_PUBLICITY",
			"AWARDING",
			"AWARDED"
		],
		assurance: "certificate",
		decide: giveUp,
		audience: { "x:statement": seesWord }
	}),
	"award.ask-validity": command({
		schema: zAskValidity,
		roles: ["tenderer", "agency"],
		states: statusesBefore("LOT_FAILED"),
		assurance: "certificate",
		decide: askValidity,
		makes: ["award.validity-asked"]
	}),
	"award.extend-validity": command({
		schema: zExtendValidity,
		roles: ["bidder"],
		states: statusesBefore("LOT_FAILED"),
		assurance: "certificate",
		decide: extendValidity,
		makes: ["award.validity-extended"]
	}),
	"award.find-unlawful": command({
		schema: zFindUnlawful,
		secrets: { finding: zStatement },
		roles: ["supervisor"],
		states: [
			"EVALUATED",
			"REPORT_REVIEW",
			"CANDIDATE_PUBLICITY",
			"AWARDING",
			"AWARDED"
		],
		assurance: "certificate",
		decide: findUnlawful,
		audience: { "x:finding": seesWord }
	})
};
const resultCommands = {
	"award.announce": command({
		schema: zNothing,
		roles: ["tenderer", "agency"],
		states: ["AWARDED"],
		assurance: "certificate",
		decide: announce,
		makes: ["award.announced"],
		audience: { "d:notice:*": seesNotice }
	}),
	"award.pass-over": command({
		schema: zPassOver,
		roles: ["tenderer"],
		states: ["AWARDED"],
		assurance: "certificate",
		decide: passOver,
		makes: ["award.passed-over"]
	}),
	"award.record-contract": command({
		schema: zRecordContract,
		roles: ["tenderer", "agency"],
		states: ["AWARDED"],
		assurance: "certificate",
		decide: recordContract
	}),
	"award.archive": command({
		schema: zArchive,
		roles: ["agency", "node"],
		states: ["CONTRACTED"],
		assurance: "session",
		decide: archive
	})
};
const awardCommands = {
	...publicityCommands,
	...decisionCommands,
	...resultCommands
};

const awardSlice = {
	name: "award",
	initial: { award: initialAward },
	commands: awardCommands,
	events: awardEvents,
	follows: awardFollows,
	duties: awardDuties,
	limits: awardLimits,
	purposes: awardPurposes
};

function biddingDuties(state, party) {
	const { status, setup } = state;
	if (status === "SUBMISSION_OPEN") return setup.schedule !== null && party === "node:main" ? [duty("bidding.lock", "", setup.schedule.deadline)] : [];
	if (status !== "SUBMISSION_CLOSED" || !hasRole(state, party, "agency")) return [];
	return openDocumentObjections(state).map((id) => duty("bidding.answer-objection", id));
}
const biddingLimits = ({ status, setup }) => status === "SUBMISSION_OPEN" ? limit$1("deadline", setup.schedule?.deadline) : [];

const actsAudience = (viewer, state) => {
	if (viewer.party === "node:main") return true;
	const isTold = isListPublished(state);
	if (viewer.party === null || !isTold && state.status !== "LOT_FAILED") return false;
	if (viewer.roles.includes("supervisor") || viewer.roles.includes("node")) return true;
	return isTold && isOpeningTrustee(state, viewer.party);
};
const listAudience = (viewer, state, entry, part) => isListPublished(state) || actsAudience(viewer, state, entry, part);
function answer(state, { party, payload }, { at }) {
	const { objection, text } = payload;
	if (own(state.bidding.answers, objection) !== void 0) return refuse("E_ALREADY_DONE", "it is answered");
	if (!((state.previous ?? state.status) === "SUBMISSION_CLOSED" || state.bidding.lockedAt === null)) return refuse("WRONG_STATE", "the opening has begun: an objection to it is another");
	if (state.bidding.lockedAt !== null && !openDocumentObjections(state).includes(objection)) return refuse("NOT_FOUND", "no objection to the document stands under this id");
	return accept([{
		type: "bidding.objection-answered",
		at,
		by: party,
		objection,
		text
	}]);
}
const biddingCommands = {
	"bidding.answer-objection": command({
		schema: zAnswerObjection$1,
		roles: ["agency", "tenderer"],
		states: [
			"SUBMISSION_OPEN",
			"SUBMISSION_CLOSED",
			"SUSPENDED"
		],
		assurance: "certificate",
		decide: answer
	}),
	"bidding.lock": command({
		schema: zNothing,
		secrets: { acts: zActs },
		roles: ["node"],
		states: ["SUBMISSION_OPEN"],
		assurance: "node",
		makes: ["bidding.locked", "lot.failed"],
		audience: {
			"x:acts": actsAudience,
			[LIST_PART]: listAudience
		},
		decide: (state, { party, opened }, { at }) => {
			if (party !== "node:main") return refuse("FORBIDDEN", "the main venue locks the lot");
			if (at < (state.setup.schedule?.deadline ?? "")) return refuse("E_TOO_EARLY", "the deadline has not come");
			const read = zActs.safeParse(opened["acts"]);
			if (!read.success) return refuse("E_INPUT", "secrets.acts: missing");
			const acts = read.data;
			const { bids, dropped, objections } = replayActs(state, acts);
			const events = [{
				type: "bidding.locked",
				at,
				...objections.length === 0 ? {} : { objections }
			}];
			const { bidsMin } = ruleSetOf(state).thresholds;
			if (bids.length < bidsMin) events.push(failed(at, "LT3_SUBMITTED", `fewer than ${bidsMin} bids at the deadline; they stay sealed and are returned`));
			return accept(events, { list: sealedList(bids, acts, dropped) });
		}
	})
};

const biddingSlice = {
	name: "bidding",
	initial: { bidding: initialBidding },
	commands: biddingCommands,
	events: biddingEvents,
	duties: biddingDuties,
	limits: biddingLimits
};

const excuse = (member, cause, at) => [{
	type: "committee.excused",
	member,
	cause,
	at
}, {
	type: "lot.party-retired",
	party: member,
	at,
	reason: cause
}];
const recusalOf = (state, member) => clashWith(standingOf({
	party: member,
	roles: own(state.parties, member)?.roles ?? []
}, bindingOf(state, member)), standingsOf(state));
const recused = (state) => isListPublished(state) && RECUSAL_STATES.includes(state.status) ? membersOf(state).filter((member) => recusalOf(state, member) !== null) : [];
const RECUSAL_STATES = ["OPENING", ...GATHERING_STATES];
function causeFault(state, { party, payload: { member, cause } }, at) {
	const isSupervisor = hasRole(state, party, "supervisor");
	switch (cause) {
		case "NO_SHOW": {
			if (party === member) return refuse("FORBIDDEN", "whoever does not come cannot say so here");
			if (presenceOf(state, member) !== void 0) return refuse("E_ALREADY_DONE", `${member} has signed in`);
			const until = arrivalEnd(state, member);
			return until === null || at < until ? refuse("E_TOO_EARLY", `${member} may sign in until ${until ?? "the opening is over, and later"}`) : null;
		}
		case "ILLNESS":
		case "LEFT": return party === member || hasRole(state, party, "witness") ? null : refuse("FORBIDDEN", `${cause}: the member says so, or the witness who sees it`);
		default: return isSupervisor ? null : refuse("FORBIDDEN", `${cause}: the supervision authority finds it`);
	}
}
function arrivalEnd(state, member) {
	const { gatheringFrom: from } = state.committee;
	if (from === null) return null;
	const place = Object.values(state.draw.filled).find(({ party }) => party === member);
	const calledAt = place === void 0 ? from : own(state.draw.contacts, place.candidate)?.at ?? from;
	const until = limitOf(state, "memberArrival", calledAt > from ? calledAt : from);
	return until === null ? null : addMs(until, state.setup.suspendedMs);
}
function replaceMember(state, asked, context) {
	const { member, cause } = asked.payload;
	if (!isMember(state, member)) return refuse("E_INPUT", `member: ${member} is no member of the committee`);
	return causeFault(state, asked, context.at) ?? accept(excuse(member, cause, context.at));
}
function recuseMembers(state, asked, { at }) {
	if (asked.party !== "node:main") return refuse("FORBIDDEN", "the main venue knows who everybody is");
	const hit = recused(state);
	if (hit.length === 0) return refuse("E_ALREADY_DONE", "no recusal rule hits a member");
	return accept(hit.flatMap((member) => excuse(member, "RECUSAL", at)));
}
const replacementCommands = {
	"committee.replace-member": command({
		schema: zReplaceMember,
		roles: [
			"agency",
			"supervisor",
			"witness",
			...MEMBER_ROLES
		],
		states: GATHERING_STATES,
		assurance: "certificate",
		decide: replaceMember
	}),
	"committee.recuse": command({
		schema: zNothing,
		roles: ["node"],
		states: RECUSAL_STATES,
		assurance: "node",
		decide: recuseMembers,
		makes: ["committee.excused", "lot.party-retired"]
	})
};

function committeeDuties(state, party) {
	if (party === "node:main") return recused(state).length > 0 ? [duty("committee.recuse")] : [];
	if (hasRole(state, party, "node")) return attestedBy(state, party).map((key) => duty("committee.attest-key", key));
	return [
		...isMember(state, party) ? ofMember(state, party) : [],
		...hasRole(state, party, "agency") ? ofAgency(state) : [],
		...hasRole(state, party, "tenderer") ? ofTenderer(state) : []
	];
}
function ofTenderer(state) {
	const { status, committee } = state;
	return (status === "COMMITTEE_READY" || status === "EVALUATING") && committee.chair === null && isComplete(state) && isChairDesignated(state) ? [duty("committee.designate-chair")] : [];
}
function ofMember(state, party) {
	const { status, committee } = state;
	if (!GATHERING_STATES.includes(status)) return [];
	const presence = presenceOf(state, party);
	if (presence === void 0) return [duty("committee.sign-in")];
	if (presence.pledgedAt === null) return [duty("committee.pledge")];
	return (status === "COMMITTEE_READY" || status === "EVALUATING") && isComplete(state) && committee.chair === null && !isChairDesignated(state) && own(committee.election.ballots, party) === void 0 ? [duty("committee.elect-chair")] : [];
}
function ofAgency(state) {
	if (!isComplete(state)) return [];
	return state.status === "QUALIFICATION_BY_PURCHASER" || state.status === "OPENED" && state.setup.regime !== "GOV_PROCUREMENT" ? [duty("committee.form")] : [];
}
const committeeLimits = ({ status, committee }) => status === "EVALUATING" ? limit$1("more-time", committee.moreTime.grantedUntil) : [];

const isRejectedByMajority = (fails, members) => fails * 2 > members;
const isMoreTimeDue = (asking, members, share) => asking * share.den > members * share.num;

const seesChairBallot = isInsider;

function signIn$1(state, asked, context) {
	const { party, payload } = asked;
	const facts = own(state.parties, party);
	if (facts === void 0 || !isMember(state, party)) return refuse("FORBIDDEN", "you are not a member of the committee any more");
	if (presenceOf(state, party) !== void 0) return refuse("E_ALREADY_DONE", "you are signed in");
	const clash = recusalOf(state, party);
	if (clash !== null) return refuse(clash.code, clash.message);
	if (!state.setup.venues.some((plan) => plan.venue === payload.venue)) return refuse("E_VENUE_NOT_APPROVED", "this venue is not part of the lot");
	const place = placeOf(state, party);
	if ((place.venue ?? payload.venue) !== payload.venue) return refuse("E_SEAT_MISMATCH", `your venue is ${place.venue ?? ""}`);
	if ((place.seat ?? payload.seat) !== payload.seat) return refuse("E_SEAT_MISMATCH", "another seat is bound to you");
	if (membersOf(state).some((member) => {
		const other = presenceOf(state, member);
		return other?.venue === payload.venue && other.seat === payload.seat;
	})) return refuse("E_SEAT_MISMATCH", "somebody else is signed in at this seat");
	const { venue, seat } = payload;
	const signedIn = {
		type: "committee.signed-in",
		member: party,
		venue,
		seat,
		at: context.at
	};
	const seated = facts.venue === null ? [{
		type: "lot.party-seated",
		party,
		venue,
		seat
	}] : [];
	return accept([
		...seated,
		signedIn,
		...bound(state, asked, context.at)
	]);
}
function pledge(state, asked, context) {
	const presence = presenceOf(state, asked.party);
	if (!isMember(state, asked.party)) return refuse("FORBIDDEN", "you are not a member of the committee any more");
	if (presence === void 0) return refuse("E_NOT_SIGNED_IN", "sign in at your seat first");
	if (presence.pledgedAt !== null) return refuse("E_ALREADY_DONE", "you have pledged");
	if (asked.payload.recusal) return accept(excuse(asked.party, asked.payload.cause, context.at));
	return accept([{
		type: "committee.pledged",
		member: asked.party,
		at: context.at
	}]);
}
function form(state, _asked, context) {
	if (state.setup.regime === "GOV_PROCUREMENT" && state.status === "OPENED") return refuse("WRONG_STATE", "the purchaser reviews qualification first");
	const members = membersOf(state);
	const plan = tenderRulesOf(state).committee;
	const representatives = members.filter((party) => isRepresentative(state, party)).length;
	const fault = compositionFault(ruleSetOf(state), {
		members: members.length,
		representatives,
		facts: tenderRulesOf(state).facts,
		waterWorks: state.setup.projectType === "water-works"
	});
	if (fault !== null) return refuse(fault, `${members.length} members, ${representatives} of them representatives`);
	if (members.length !== plan.members || representatives !== plan.representatives) return refuse("E_COMMITTEE_SIZE", `the tender document plans ${plan.members} members, ${plan.representatives} of them representatives`);
	for (const member of members) {
		const clash = recusalOf(state, member);
		if (clash !== null) return refuse(clash.code, clash.message);
	}
	const absent = members.find((party) => presenceOf(state, party) === void 0);
	if (absent !== void 0) return refuse("E_NOT_SIGNED_IN", `${absent} is not signed in`);
	if (!isSpread(state, members)) return refuse("E_VENUE_NOT_APPROVED", `the members are not spread over the venues as ${state.setup.venuePreset} asks`);
	return accept([{
		type: "committee.formed",
		at: context.at,
		members
	}]);
}
function isSpread(state, members) {
	const { venues, venuePreset, tendererCity } = state.setup;
	return isDistributed(venuePreset, {
		main: venues.find((venue) => venue.role === "main")?.venue ?? "",
		subs: venues.filter((venue) => venue.role === "sub").map((venue) => venue.venue),
		tendererCity,
		members: members.map((party) => {
			const venue = presenceOf(state, party)?.venue ?? "";
			return {
				kind: isRepresentative(state, party) ? "representative" : "expert",
				venue,
				room: (presenceOf(state, party)?.seat ?? party).split("/")[0] ?? party,
				city: venues.find((plan) => plan.venue === venue)?.city ?? ""
			};
		})
	});
}
function electChair(state, asked, context) {
	const { election, chair } = state.committee;
	const seat = seatFault$1(state, asked.party);
	if (seat !== null) return seat;
	if (chair !== null) return refuse("E_ALREADY_DONE", "there is a chair");
	if (isChairDesignated(state)) return refuse("FORBIDDEN", "by the tender document the tenderer designates the chair");
	if (asked.payload.round !== election.round) return refuse("WRONG_STEP", `the vote is in round ${election.round}`);
	if (Object.hasOwn(election.ballots, asked.party)) return refuse("E_ALREADY_DONE", "you have voted in this round");
	if (!isComplete(state)) return refuse("E_STEP_BARRIER", "not every member is at his seat and has pledged");
	const fault = tested(asked, "ballot", (ballot) => ballotFault(state, ballot));
	if (fault !== null) return fault;
	const cast = {
		type: "committee.ballot-cast",
		member: asked.party,
		round: election.round
	};
	if (Object.keys(election.ballots).length + 1 < membersOf(state).length) return accept([cast]);
	const candidate = candidateOf(asked.opened["ballot"]);
	const outcome = electionOutcome({
		...ballotsSoFar(state),
		...candidate === null ? {} : { [asked.party]: candidate }
	});
	if ("tied" in outcome) return accept([cast, {
		type: "committee.chair-tied",
		round: election.round,
		tied: [...outcome.tied]
	}]);
	const elected = {
		type: "committee.chair-elected",
		round: election.round,
		chair: outcome.chair
	};
	return accept([
		cast,
		elected,
		...started(state, context.at)
	]);
}
function ballotFault(state, ballot) {
	const candidate = candidateOf(ballot);
	if (candidate === null) return refuse("E_INPUT", "secrets.ballot: missing");
	const { candidates } = state.committee.election;
	if (!isMember(state, candidate) || candidates !== null && !candidates.includes(candidate)) return refuse("E_INPUT", `secrets.ballot.candidate: ${candidate} can not be voted for`);
	return !ruleSetOf(state).representativeMayChair && isRepresentative(state, candidate) ? refuse("E_REP_AS_CHAIR", "a representative of the purchaser can not be chair") : null;
}
const candidateOf = (ballot) => zChairBallot.safeParse(ballot).data?.candidate ?? null;
function designateChair(state, asked, { at }) {
	const { member } = asked.payload;
	if (!isChairDesignated(state)) return refuse("FORBIDDEN", "by the tender document the members elect their chair");
	if (state.committee.chair !== null) return refuse("E_ALREADY_DONE", "there is a chair");
	if (!isComplete(state)) return refuse("E_STEP_BARRIER", "not every member is at his seat and has pledged");
	if (!isMember(state, member)) return refuse("E_INPUT", `member: ${member} is no member of the committee`);
	return accept([{
		type: "committee.chair-designated",
		by: asked.party,
		chair: member,
		at
	}, ...started(state, at)]);
}
const started = (state, at) => state.status === "EVALUATING" ? [] : [{
	type: "committee.evaluation-started",
	at
}, openStep("review", at)];
function ballotsSoFar(state) {
	const entries = Object.entries(state.committee.election.ballots).flatMap(([voter, seq]) => {
		const candidate = candidateOf(disclosed(state, seq, "x:ballot"));
		return candidate === null ? [] : [[voter, candidate]];
	});
	return Object.fromEntries(entries);
}
function requestMoreTime(state, asked) {
	const seat = seatFault$1(state, asked.party);
	if (seat !== null) return seat;
	const { step, moreTime } = state.committee;
	if (step === null || step === "aggregate") return refuse("WRONG_STEP", "no step is open that members work on");
	if (asked.step !== step) return refuse("WRONG_STEP", `the open step is ${step}`);
	if (moreTime.asked.includes(asked.party)) return refuse("E_ALREADY_DONE", "you have asked for more time in this step");
	const due = isMoreTimeDue(moreTime.asked.length + 1, membersOf(state).length, ruleSetOf(state).thresholds.moreTimeShare);
	return accept([{
		type: "committee.more-time-asked",
		member: asked.party,
		due
	}]);
}
function extendTime(state, asked, context) {
	if (!state.committee.moreTime.due) return refuse("WRONG_STEP", "not more than a third of the members ask for time");
	if (asked.payload.until <= context.at) return refuse("E_INPUT", "until: lies in the past");
	return accept([{
		type: "committee.more-time-granted",
		until: asked.payload.until
	}]);
}
function restart(state, _asked, context) {
	const last = state.setup.reEvaluations.at(-1);
	if (last === void 0) return refuse("WRONG_STATE", "no re-evaluation is ordered");
	const begun = state.setup.reEvaluations.filter(({ committee }) => committee !== "cells").length;
	if (state.committee.cycle > begun) return refuse("E_ALREADY_DONE", "this re-evaluation has begun");
	if (last.committee === "new") {
		const events = membersOf(state).flatMap((member) => excuse(member, "COMMITTEE_REFORMED", context.at));
		return accept([...events, {
			type: "committee.reopened",
			committee: "new",
			at: context.at
		}]);
	}
	if (!isComplete(state)) return refuse("E_STEP_BARRIER", "not every member is at his seat and has pledged");
	return accept([{
		type: "committee.reopened",
		committee: "same",
		at: context.at
	}, openStep("review", context.at)]);
}
const gathering = {
	"committee.sign-in": command({
		schema: zSignIn,
		roles: MEMBER_ROLES,
		states: GATHERING_STATES,
		assurance: "session",
		bindsKey: true,
		decide: signIn$1
	}),
	"committee.pledge": command({
		schema: zPledge,
		roles: MEMBER_ROLES,
		states: GATHERING_STATES,
		assurance: "certificate",
		decide: pledge
	}),
	"committee.form": command({
		schema: zNothing,
		roles: ["agency", "tenderer"],
		states: [
			"OPENED",
			"QUALIFICATION_BY_PURCHASER",
			"RE_EVALUATION"
		],
		assurance: "certificate",
		decide: form
	}),
	"committee.elect-chair": command({
		schema: zElectChair,
		secrets: { ballot: zChairBallot },
		roles: MEMBER_ROLES,
		states: ["COMMITTEE_READY", "EVALUATING"],
		assurance: "session",
		decide: electChair,
		makes: [
			"committee.ballot-cast",
			"committee.chair-tied",
			"committee.chair-elected",
			"committee.evaluation-started",
			"committee.step-opened"
		],
		audience: { "x:ballot": seesChairBallot }
	})
};
const designation = { "committee.designate-chair": command({
	schema: zDesignateChair,
	roles: ["tenderer"],
	states: ["COMMITTEE_READY", "EVALUATING"],
	assurance: "certificate",
	decide: designateChair
}) };
const conduct = {
	"committee.request-more-time": command({
		schema: zRequestMoreTime,
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "session",
		decide: requestMoreTime
	}),
	"committee.extend-time": command({
		schema: zExtendTime,
		roles: ["agency", "tenderer"],
		states: ["EVALUATING"],
		assurance: "certificate",
		decide: extendTime
	}),
	"committee.restart": command({
		schema: zNothing,
		roles: ["agency", "tenderer"],
		states: ["RE_EVALUATION"],
		assurance: "certificate",
		decide: restart
	})
};
const committeeCommands = {
	...gathering,
	...designation,
	...lotKeyCommands,
	...replacementCommands,
	...conduct
};

const committeeSlice = {
	name: "committee",
	initial: { committee: initialCommittee },
	commands: committeeCommands,
	events: committeeEvents,
	follows: committeeFollows,
	duties: committeeDuties,
	limits: committeeLimits
};

const zSlot = strictObject({
	slot: zName,
	specialty: string().regex(/^[A-E]\d{0,6}$/),
	city: string().min(1).max(60).nullable(),
	venue: zName
});
const SLOTS_MAX = 25;
const zRequest = strictObject({ nonceParties: zContributors });
const zPlan = strictObject({
	slots: array(zSlot).min(1).max(SLOTS_MAX),
	reason: zText.nullable()
});
const zCandidate = strictObject({
	id: zName,
	specialties: array(string().max(8)).min(1).max(20),
	city: string().max(60),
	person: zHash.nullable()
});
const zPool = strictObject({
	index: zHash,
	root: zHash,
	count: int().min(1),
	blob: zHash,
	recused: int().min(0)
});
const zMappingKey = zBytes.min(43).max(44);
const zTurn = strictObject({
	record: zCandidate,
	index: int().min(0),
	path: array(zHash).max(63),
	slot: zName
});
const zPerson = strictObject({
	id: string().min(1).max(200),
	salt: zBytes.max(200)
});
const CALL_OUTCOMES = [
	"ACCEPTED",
	"DECLINED",
	"TIMEOUT",
	"RECUSED"
];
const zRecordCall = strictObject({
	candidate: zName,
	outcome: _enum(CALL_OUTCOMES),
	reason: string().max(60).nullable(),
	evidence: zHash.nullable(),
	place: zName.nullable()
});
const zRecordExhaustion = strictObject({ places: array(zName).min(1).max(SLOTS_MAX) });

const fits = (candidate, slot) => candidate.specialties.some((code) => code.startsWith(slot.specialty)) && (slot.city === null || candidate.city === slot.city);
function plannedSlots(state) {
	const { request } = state.draw;
	if (request === null) return [];
	if (request.listed !== null) return request.listed;
	const given = request.seq === null ? void 0 : disclosed(state, request.seq, "x:plan");
	if (given === void 0) throw new Unseen("plan");
	return zPlan.safeParse(given).data?.slots ?? [];
}
function sealedName(state, slot) {
	const { pool } = state.draw;
	if (pool?.seq == null) return slot;
	const given = disclosed(state, pool.seq, "x:mapping");
	if (given === void 0) throw new Unseen("mapping");
	const key = zMappingKey.safeParse(given);
	try {
		return key.success ? toHex(profileFor(state).mac(fromBase64Url(key.data), utf8(`place|${slot}`))) : null;
	} catch {
		return null;
	}
}
const heldPlaces = (state) => Object.entries(state.draw.filled).flatMap(([place, { party }]) => own(state.parties, party)?.roles.length === 0 ? [] : [place]);
const openPlaces = (state) => (state.draw.request?.count ?? 0) - heldPlaces(state).length;
const wantedPlaces = (state) => state.draw.seed === null ? 0 : openPlaces(state) - state.draw.exhausted.length;
function openSlots(state) {
	const held = new Set(heldPlaces(state));
	const slots = plannedSlots(state);
	if (held.size === 0) return [...slots];
	return slots.filter(({ slot }) => !held.has(slot) && !held.has(sealedName(state, slot) ?? ""));
}
function wantedSlots(state) {
	if (state.draw.seed === null) return [];
	const exhausted = new Set(state.draw.exhausted);
	if (exhausted.size === 0) return openSlots(state);
	return openSlots(state).filter(({ slot }) => !exhausted.has(slot) && !exhausted.has(sealedName(state, slot) ?? ""));
}
function wantedNames(state) {
	const names = wantedSlots(state).map(({ slot }) => sealedName(state, slot));
	return names.some((name) => name === null) ? null : names.filter((name) => name !== null).sort();
}

const DRAW_STATES = [
	"PUBLISHED",
	"SUBMISSION_OPEN",
	"SUBMISSION_CLOSED",
	"OPENING",
	"OPENED",
	"QUALIFICATION_BY_PURCHASER",
	"COMMITTEE_READY",
	"EVALUATING",
	"RE_EVALUATION"
];
const DRAW_PURPOSE = "draw";
const contributionsOf = ({ draw: { request, boxes } }) => ({
	contributors: request?.nonceParties ?? [],
	boxes
});
const isContributed = (state) => state.draw.request !== null && missingNonce(contributionsOf(state)) === null;
const nextExpert = (state) => `expert-${Object.values(state.parties).filter(({ admittedAs }) => admittedAs.includes("expert")).length + 1}`;

function drawDuties(state, party) {
	const { request, pool, boxes, seed } = state.draw;
	if (request === null || !DRAW_STATES.includes(state.status)) return [];
	const duties = [];
	if (pool === null && ringOf(state).keepers("draw").missing === null && request.nonceParties.includes(party) && own(boxes, party) === void 0) duties.push(duty("draw.contribute"));
	if (party === "node:main" && pool === null && isContributed(state)) duties.push(duty("draw.freeze-pool"));
	if (party === "node:main" && pool !== null && seed === null && isReleased(state, "draw")) duties.push(duty("draw.open-nonces"));
	if (party === "node:main" && wantedPlaces(state) > 0) duties.push(duty("draw.record-call"));
	return duties;
}

const drawnNames = (viewer, state, entry) => {
	return viewer.party === "node:main" || bindingAudience(viewer, state, entry, `d:binding:${admittedBy(entry)}`);
};
const admittedBy = ({ events }) => textOf(events.find(({ type }) => type === "lot.party-admitted")?.["party"]);
const drawPlan = (viewer) => viewer.party === "node:main" || isOwner(viewer) || viewer.roles.includes("supervisor") || viewer.roles.includes("witness");
const drawnRecords = (viewer, state) => viewer.party === "node:main" || viewer.roles.includes("supervisor") && (hasOrder(state, "UNSEAL_IDENTITIES") || state.award.announced !== null);
const drawnSeats = (viewer, state, entry, part) => drawnRecords(viewer, state, entry, part) || seesPlace(viewer, state, admittedBy(entry));

const drawSeed = (profile, origin, nonces) => profile.hashHex([
	"draw",
	origin,
	...Object.entries(nonces).map(([party, nonce]) => `${party}:${nonce}`).sort()
].join("|"));
const drawRank = (profile, seed, candidate) => toHex(profile.mac(fromHex(seed), utf8(candidate)));
const drawOrder = (profile, seed, candidates) => candidates.map((id) => ({
	id,
	rank: drawRank(profile, seed, id)
})).sort((a, b) => a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1).map(({ id }) => id);

const lineOf = (candidate) => utf8(canonicalText(candidate));
var PoolList = class PoolList {
	#tree;
	#places;
	constructor(profile, candidates) {
		this.profile = profile;
		this.candidates = candidates;
		this.#tree = MerkleTree.overRecords(new TreeHasher(profile.hash), candidates.map(lineOf));
		this.#places = new Map(candidates.map(({ id }, index) => [id, index]));
		this.root = toHex(this.#tree.root());
	}
	static of(profile, candidates) {
		const sorted = [...candidates].sort((a, b) => a.id < b.id ? -1 : 1);
		const fault = orderFault(sorted);
		if (fault !== null) throw new Error(fault);
		return new PoolList(profile, sorted);
	}
	static read(profile, bytes) {
		const candidates = [];
		try {
			const text = fromUtf8(bytes);
			if (!text.endsWith("\n")) return "the last line does not end";
			for (const line of text.slice(0, -1).split("\n")) candidates.push(zCandidate.parse(parseCanonical(line)));
		} catch {
			return `line ${candidates.length + 1} is no candidate`;
		}
		return orderFault(candidates) ?? new PoolList(profile, candidates);
	}
	get count() {
		return this.candidates.length;
	}
	bytes() {
		return utf8(this.candidates.map((candidate) => `${canonicalText(candidate)}\n`).join(""));
	}
	drawn(seed) {
		return drawOrder(this.profile, seed, this.candidates.map(({ id }) => id)).flatMap((id) => this.candidates[this.#places.get(id) ?? -1] ?? []);
	}
	turn(candidate, slot) {
		const index = this.#places.get(candidate.id);
		if (index === void 0) throw new Error(`${candidate.id} is not in this pool`);
		return {
			record: candidate,
			index,
			path: this.#tree.inclusionProof(index).map(toHex),
			slot
		};
	}
};
function orderFault(candidates) {
	const at = candidates.findIndex(({ id }, index) => id <= (candidates[index - 1]?.id ?? ""));
	return at === -1 ? null : `line ${at + 1}: ids do not ascend`;
}
const isInPool = (profile, { root, count }, { record, index, path }) => {
	const hasher = new TreeHasher(profile.hash);
	const claim = {
		index,
		size: count,
		leafHash: hasher.leaf(lineOf(record)),
		root: fromHex(root)
	};
	return verifyInclusion(hasher, claim, path.map(fromHex));
};

const callCommands = {
	"draw.record-call": command({
		schema: zRecordCall,
		secrets: {
			turn: zTurn,
			person: zPerson.optional(),
			binding: zBinding.optional(),
			seat: zSeat.optional()
		},
		roles: ["node"],
		states: DRAW_STATES,
		assurance: "node",
		makes: ["draw.called", "lot.party-admitted"],
		audience: {
			"x:turn": drawnRecords,
			"x:person": drawnRecords,
			"x:binding": drawnNames,
			"d:binding:*": bindingAudience,
			"x:seat": drawnSeats
		},
		decide: (state, asked, { at }) => {
			if (asked.party !== "node:main") return refuse("FORBIDDEN", "the main venue calls the experts");
			const fault = callFault(state, asked) ?? tested(asked, "turn", (turn) => turnFault(state, asked, turn)) ?? tested(asked, "person", (given) => personFault(state, asked, given));
			if (fault !== null) return fault;
			const { place, ...call } = asked.payload;
			if (call.outcome !== "ACCEPTED") return accept([{
				type: "draw.called",
				at,
				...call,
				slot: null,
				party: null
			}]);
			return tested(asked, "seat", (seat) => seatFault(state, asked, seat)) ?? tested(asked, "binding", (binding) => bindingFault(state, asked, binding)) ?? accepted(state, asked, at);
		}
	}),
	"draw.record-exhaustion": command({
		schema: zRecordExhaustion,
		roles: ["node"],
		states: DRAW_STATES,
		assurance: "node",
		decide: (state, { party, payload: { places } }, { at }) => {
			if (party !== "node:main") return refuse("FORBIDDEN", "the main venue has the list of candidates");
			if (wantedPlaces(state) === 0) return refuse("E_ALREADY_DONE", "no place waits for a call");
			if (places.length !== wantedPlaces(state)) return refuse("E_INPUT", `places: ${wantedPlaces(state)} wait for a call`);
			return namesFault(state, places) ?? accept([{
				type: "draw.exhausted",
				at,
				slots: places
			}]);
		}
	})
};
function callFault(state, { payload, secrets }) {
	const { pool, seed, contacts, lastCall, exhausted } = state.draw;
	const { candidate, outcome, place } = payload;
	if (pool === null || seed === null) return refuse("E_TOO_EARLY", "the seed is not drawn");
	if (own(contacts, candidate) !== void 0) return refuse("E_ALREADY_DONE", "this candidate was called");
	if (wantedPlaces(state) === 0) return refuse("E_DRAW_EXHAUSTED", "nobody is to be called: every place is taken, or the pool is exhausted");
	if (lastCall?.held.every((held) => heldPlaces(state).includes(held)) === true && drawRank(profileFor(state), seed, candidate) < lastCall.rank) return refuse("FORBIDDEN", `${candidate} stands before who was called last`);
	const isAccepted = outcome === "ACCEPTED";
	if (isAccepted !== (place !== null)) return refuse("E_INPUT", "place: of whoever accepts, and of nobody else");
	if (isAccepted !== Object.hasOwn(secrets, "seat")) return refuse("E_INPUT", "secrets.seat: of whoever accepts, and of nobody else");
	if (place !== null && [...heldPlaces(state), ...exhausted].includes(place)) return refuse("FORBIDDEN", "place: waits for nobody");
	return null;
}
function turnFault(state, { payload: { candidate, place } }, given) {
	const read = zTurn.safeParse(given);
	if (!read.success) return refuse("E_INPUT", `secrets.turn.${firstIssue(read.error)}`);
	const turn = read.data;
	if (turn.record.id !== candidate) return refuse("E_INPUT", "secrets.turn.record: is of another candidate");
	if (state.draw.pool === null || !isInPool(profileFor(state), state.draw.pool, turn)) return refuse("E_INPUT", "secrets.turn.path: leads to another pool");
	const wanted = wantedSlots(state).find(({ slot }) => slot === turn.slot);
	if (wanted === void 0) return refuse("FORBIDDEN", `${turn.slot} waits for nobody`);
	if (!fits(turn.record, wanted)) return refuse("FORBIDDEN", `${candidate} does not fit ${turn.slot}`);
	if (place === null) return null;
	const sealed = sealedName(state, turn.slot);
	if (sealed === null) return refuse("E_INPUT", "the key of the mapping is no key: no place can be named under it");
	return place === sealed ? null : refuse("E_INPUT", `place: is not the sealed name of ${turn.slot}`);
}
function personFault(state, asked, given) {
	if (asked.unseen.has("turn")) return null;
	const seal = turnOf(asked)?.record.person ?? null;
	if (seal === null) return null;
	const read = zPerson.safeParse(given);
	if (!read.success) return refuse("E_INPUT", "secrets.person: who was called");
	const { id, salt } = read.data;
	return sealOf(state, id, salt) === seal ? null : refuse("OPENING_MISMATCH", "secrets.person: is not who stands behind this pseudonym");
}
function sealOf(state, id, salt) {
	try {
		return profileFor(state).commitment(salt, canonicalText(id));
	} catch {
		return null;
	}
}
function bindingFault(state, asked, given) {
	const binding = zBinding.safeParse(given);
	if (!binding.success) return refuse("E_INPUT", "secrets.binding: who accepted");
	const party = nextExpert(state);
	if (binding.data.party !== party) return refuse("E_INPUT", `secrets.binding.party: the next expert is ${party}`);
	const person = tested(asked, "person", (called) => {
		const known = zPerson.safeParse(called).data?.id;
		return known === void 0 || binding.data.person?.id === known ? null : refuse("E_INPUT", "secrets.binding.person: another than who was called");
	});
	if (person !== null) return person;
	const clash = clashWith(standingOf({
		party,
		roles: ["expert"]
	}, binding.data), standingsOf(state));
	return clash === null ? null : refuse(clash.code, clash.message);
}
function accepted(state, asked, at) {
	const { place, ...call } = asked.payload;
	const party = nextExpert(state);
	const events = [{
		type: "draw.called",
		at,
		...call,
		slot: place,
		party
	}, {
		type: "lot.party-admitted",
		party,
		roles: ["expert"],
		venue: null,
		seat: null
	}];
	return accept(events, { [`binding:${party}`]: () => asked.opened["binding"] ?? null });
}
function seatFault(state, asked, given) {
	const seat = zSeat.safeParse(given);
	if (!seat.success) return refuse("E_INPUT", "secrets.seat: where he will sit");
	if (asked.unseen.has("turn")) return null;
	const planned = plannedSlots(state).find(({ slot }) => slot === turnOf(asked)?.slot);
	return planned?.venue === seat.data.venue ? null : refuse("E_INPUT", `secrets.seat.venue: the plan has this place at ${planned?.venue ?? ""}`);
}
const turnOf = ({ opened }) => zTurn.safeParse(opened["turn"]).data;
function namesFault(state, places) {
	const wanted = ifSeen(() => wantedNames(state));
	return wanted === void 0 || wanted?.join() === [...places].sort().join() ? null : refuse("E_INPUT", "places: not the ones that wait for a call");
}

const seedCommands = {
	"draw.contribute": command({
		...sealedNonce((state) => state.draw.seed !== null),
		roles: [
			"tenderer",
			"agency",
			"supervisor",
			"witness",
			"node"
		],
		states: DRAW_STATES,
		assurance: "session",
		decide: (state, asked, { at }) => {
			if (state.draw.pool !== null) return refuse("E_ALREADY_LOCKED", "the pool is frozen; nothing is contributed any more");
			return nonceFault(state, "draw", contributionsOf(state), asked) ?? accept([{
				type: "draw.contributed",
				at,
				party: asked.party,
				manifest: asked.payload.manifest
			}]);
		}
	}),
	"draw.open-nonces": command({
		...OPENED_NONCES,
		schema: zNothing,
		roles: ["node"],
		states: DRAW_STATES,
		assurance: "node",
		decide: (state, asked, { at }) => {
			const { pool, seed, boxes } = state.draw;
			if (asked.party !== "node:main") return refuse("FORBIDDEN", "the main venue opens the boxes");
			if (pool === null) return refuse("E_TOO_EARLY", "plan and pool are not fixed");
			if (seed !== null) return refuse("E_ALREADY_DONE", "the seed of this round is drawn");
			const found = openNonces(state, boxes, asked);
			if (!("nonces" in found)) return found;
			return accept([{
				type: "draw.seeded",
				at,
				seed: drawSeed(profileFor(state), state.origin, found.nonces),
				void: [...found.void]
			}]);
		}
	})
};
const drawPurposes = (state) => [{
	family: DRAW_PURPOSE,
	current: DRAW_PURPOSE,
	isDue: state.setup.rules !== null && DRAW_STATES.includes(state.status) && state.draw.seed === null,
	opens: (purpose) => purpose === "draw" && DRAW_STATES.includes(state.status) && isContributed(state) && state.draw.pool !== null
}];

const drawCommands$1 = {
	"draw.request": command({
		schema: zRequest,
		secrets: { plan: zPlan },
		audience: { "x:plan": drawPlan },
		roles: ["agency", "tenderer"],
		states: DRAW_STATES,
		assurance: "certificate",
		decide: (state, asked, { at }) => {
			const { nonceParties } = asked.payload;
			const version = (state.draw.request?.version ?? 0) + 1;
			const fault = standingFault$1(state, nonceParties) ?? tested(asked, "plan", (plan) => planFault(state, plan)) ?? contributorsFault(state, nonceParties, "nonceParties");
			if (fault !== null) return fault;
			return accept([{
				type: "draw.requested",
				at,
				version,
				count: plannedExperts(state),
				nonceParties
			}]);
		}
	}),
	"draw.freeze-pool": command({
		schema: zNothing,
		secrets: { mapping: zMappingKey },
		roles: ["node"],
		states: DRAW_STATES,
		assurance: "node",
		audience: { "x:mapping": drawnRecords },
		decide: (state, { party }, { at, facts }) => {
			if (party !== "node:main") return refuse("FORBIDDEN", "the main venue takes the snapshot");
			const missing = missingNonce(contributionsOf(state));
			if (state.draw.request === null) return refuse("WRONG_STEP", "no draw is asked for");
			if (missing !== null) return refuse("E_STEP_BARRIER", `${missing} has not contributed`);
			if (state.draw.pool !== null) return refuse("E_ALREADY_LOCKED", "the pool of this round is frozen");
			const pool = zPool.safeParse(facts["pool"]);
			if (!pool.success) return refuse("E_INPUT", `facts.pool.${firstIssue(pool.error)}`);
			return accept([{
				type: "draw.pool-frozen",
				at,
				...pool.data
			}]);
		}
	}),
	...seedCommands,
	...callCommands
};
function plannedExperts(state) {
	const { committee } = tenderRulesOf(state);
	return committee.members - committee.representatives;
}
function planFault(state, given) {
	const plan = zPlan.safeParse(given);
	if (!plan.success) return refuse("E_INPUT", `secrets.plan.${firstIssue(plan.error)}`);
	const { slots, reason } = plan.data;
	if (state.draw.request !== null && reason === null) return refuse("E_REASON_REQUIRED", "secrets.plan.reason: a changed plan is a new request with its reason");
	return changeFault$1(state, slots) ?? placesFault(state, slots);
}
function placesFault(state, slots) {
	const { committee } = tenderRulesOf(state);
	if (new Set(slots.map(({ slot }) => slot)).size !== slots.length) return refuse("E_INPUT", "slots: a name is used twice");
	if (slots.length !== plannedExperts(state)) return refuse("E_COMMITTEE_SIZE", `the tender document plans ${plannedExperts(state)} experts`);
	const { venues, venuePreset, tendererCity } = state.setup;
	const cityOf = (venue) => venues.find((plan) => plan.venue === venue)?.city ?? "";
	const stranger = slots.find(({ venue }) => !venues.some((plan) => plan.venue === venue && plan.role !== "supervision"));
	if (stranger !== void 0) return refuse("E_VENUE_NOT_APPROVED", `${stranger.venue} is not a venue of this lot`);
	for (const { slot, venue } of slots) {
		const mute = attesterFault(state, venue, slot);
		if (mute !== null) return refuse(mute.code, mute.message);
	}
	const main = venues.find(({ role }) => role === "main")?.venue ?? "";
	const named = partiesWith(state, "tenderer-representative");
	const members = [...slots.map(({ slot, venue }) => ({
		kind: "expert",
		venue,
		room: slot,
		city: cityOf(venue)
	})), ...Array.from({ length: committee.representatives }, (_, index) => {
		const venue = venueOf(state, named[index] ?? "") ?? main;
		return {
			kind: "representative",
			venue,
			room: `representative-${index}`,
			city: cityOf(venue)
		};
	})];
	const subs = venues.filter(({ role }) => role === "sub").map(({ venue }) => venue);
	if (isDistributed(venuePreset, {
		main,
		subs,
		tendererCity,
		members
	})) return null;
	return refuse("E_VENUE_NOT_APPROVED", `the places are not spread over the venues as preset ${venuePreset} asks`);
}
function standingFault$1({ draw: { request, pool, seed } }, nonceParties) {
	if (pool === null || request === null) return null;
	if (seed === null) return refuse("E_ALREADY_LOCKED", "the nonces are being opened; a plan changes before or after that");
	if (nonceParties.join() !== request.nonceParties.join()) return refuse("E_ALREADY_LOCKED", "the seed of this round is drawn; its contributors do not change");
	return null;
}
function changeFault$1(state, slots) {
	if (state.draw.seed === null) return null;
	const isExhausted = wantedPlaces(state) === 0 && openPlaces(state) > 0;
	for (const before of plannedSlots(state)) {
		const after = slots.find(({ slot }) => slot === before.slot);
		if (after === void 0) return refuse("E_ALREADY_LOCKED", `${before.slot} is part of the plan that is drawn for`);
		const isSame = after.specialty === before.specialty && after.city === before.city;
		const isWider = before.specialty.startsWith(after.specialty) && (after.city === null || after.city === before.city);
		if (!(isExhausted && (isSame || isWider)) && !(isSame && after.venue === before.venue)) return refuse("E_ALREADY_LOCKED", `${before.slot} may be widened or moved, when nobody is left for the open places`);
	}
	return null;
}

const zRequested = of("draw.requested", {
	at: zInstant,
	version: int().min(1),
	count: int().min(1),
	nonceParties: array(zName)
});
const zContributed = of("draw.contributed", {
	at: zInstant,
	party: zName,
	manifest: zJsonObject
});
const zPoolFrozen = of("draw.pool-frozen", {
	at: zInstant,
	...zPool.shape
});
const zSeeded = of("draw.seeded", {
	at: zInstant,
	seed: zHash,
	void: array(zName)
});
const zCalled = of("draw.called", {
	at: zInstant,
	candidate: zName,
	outcome: _enum(CALL_OUTCOMES),
	reason: string().max(60).nullable(),
	evidence: zHash.nullable(),
	slot: zName.nullable(),
	party: zName.nullable()
});
const zExhausted = of("draw.exhausted", {
	at: zInstant,
	slots: array(zName).min(1)
});

const initialDraw = {
	request: null,
	pool: null,
	boxes: {},
	seed: null,
	contacts: {},
	filled: {},
	lastCall: null,
	exhausted: []
};
const draw$1 = (state, change) => ({
	...state,
	draw: {
		...state.draw,
		...change
	}
});
const drawEvents = {
	"draw.requested": event({
		schema: zRequested,
		evolve: (state, { version, count, nonceParties }, { header: { seq } }) => {
			const boxes = state.draw.pool === null ? {} : state.draw.boxes;
			return draw$1(state, {
				request: {
					version,
					count,
					nonceParties,
					seq,
					listed: null
				},
				boxes,
				lastCall: null,
				exhausted: []
			});
		}
	}),
	"draw.contributed": event({
		schema: zContributed,
		evolve: (state, { party, manifest }, { header: { seq } }) => draw$1(state, { boxes: {
			...state.draw.boxes,
			[party]: {
				seq,
				manifest
			}
		} })
	}),
	"draw.pool-frozen": event({
		schema: zPoolFrozen,
		evolve: (state, { index, root, count, blob, recused }, { header: { seq } }) => draw$1(state, { pool: {
			index,
			root,
			count,
			blob,
			recused,
			seq,
			listed: null
		} })
	}),
	"draw.seeded": event({
		schema: zSeeded,
		evolve: (state, { seed }) => draw$1(state, { seed })
	}),
	"draw.called": event({
		schema: zCalled,
		evolve: (state, { at, candidate, outcome, slot, party }) => {
			const { seed } = state.draw;
			if (seed === null) return withFault(state, "a call without a seed");
			const contacts = {
				...state.draw.contacts,
				[candidate]: {
					outcome,
					at
				}
			};
			const lastCall = {
				rank: drawRank(profileFor(state), seed, candidate),
				held: heldPlaces(state)
			};
			if (slot === null || party === null) return draw$1(state, {
				contacts,
				lastCall
			});
			return draw$1(state, {
				contacts,
				lastCall,
				filled: {
					...state.draw.filled,
					[slot]: {
						candidate,
						party
					}
				}
			});
		}
	}),
	"draw.exhausted": event({
		schema: zExhausted,
		evolve: (state, { slots }) => draw$1(state, { exhausted: [...state.draw.exhausted, ...slots] })
	})
};

const drawSlice = {
	name: "draw",
	initial: { draw: initialDraw },
	commands: drawCommands$1,
	events: drawEvents,
	duties: drawDuties,
	purposes: drawPurposes
};

const ATTEMPT = /^[.:][a-z0-9-]{1,40}$/;
const purposeNamed = (state, roof, name) => roof.purposes(state).find(({ family }) => name === family || name.startsWith(family) && ATTEMPT.test(name.slice(family.length)));
function isReleasable(state, roof, purpose, party) {
	if (!keeperPlan(state, purpose).parties.includes(party)) return false;
	if (own(own(state.keepers.published, purpose) ?? {}, party) === void 0) return false;
	return purposeNamed(state, roof, purpose)?.opens(purpose) === true;
}
const keysOwed = (state, party, roof) => roof.purposes(state).filter(({ isDue }) => isDue).map(({ current }) => current).filter((purpose) => keeperPlan(state, purpose).parties.includes(party) && own(own(state.keepers.published, purpose) ?? {}, party) === void 0);
const releasesOwed = (state, party, roof) => Object.keys(state.keepers.published).filter((purpose) => isReleasable(state, roof, purpose, party) && own(own(state.keepers.released, purpose) ?? {}, party) === void 0);
const keepersDuties = (state, party, roof) => [
	...keysOwed(state, party, roof).map((purpose) => duty("sealing.publish-key", purpose)),
	...releasesOwed(state, party, roof).map((purpose) => duty("sealing.release", purpose, purposeNamed(state, roof, purpose)?.notBefore ?? null)),
	...drillDuties(state, party)
];

const OPEN_PURPOSES = /* @__PURE__ */ new Set([
	"bids",
	"draw",
	"coefficient"
]);
const keyAudience = (viewer, _state, entry) => {
	const purpose = entry.events.find(({ type }) => type === "sealing.key-released")?.["purpose"];
	if (typeof purpose === "string" && OPEN_PURPOSES.has(purpose)) return true;
	if (viewer.party === null) return false;
	if (viewer.party === entry.party || viewer.party === "node:main") return true;
	return viewer.roles.some((role) => role === "node" || role === "supervisor");
};

function purposeKeyFault(state, party, { purpose, publicKey, proof }) {
	const profile = profileFor(state);
	if (!isEncryptionKey(profile, publicKey)) return "publicKey: not a key of this profile that something can be sealed to";
	if (Object.values(state.keepers.published).some((keys) => Object.values(keys).includes(publicKey))) return "publicKey: this key was published already; a keeper makes a new one for every purpose";
	return checkKeeperKey(profile, {
		origin: state.origin,
		purpose,
		party
	}, publicKey, proof) ? null : "proof: does not show that you hold the private half of this key";
}
const keyFits = (state, privateKey, publicKey) => typeof privateKey === "string" && checkRelease(profileFor(state), {
	party: "keeper",
	publicKey
}, privateKey) === null;

const KEY_STATES = ["DRAFT", ...RUNNING_STATUSES];
const keepersCommands = {
	...drillCommands,
	"sealing.publish-key": command({
		schema: zPublishKey,
		roles: KEEPER_ROLES,
		states: KEY_STATES,
		assurance: "session",
		decide: (state, { payload, party }, { actor }, roof) => {
			const { purpose, publicKey } = payload;
			if (purposeNamed(state, roof, purpose) === void 0) return refuse("E_INPUT", "purpose: no boxes are sealed for this");
			if (!hasRole(state, party, "node") && actor.assurance !== "certificate") return refuse("ASSURANCE", "the certificate itself must sign");
			if (!keeperPlan(state, purpose).parties.includes(party)) return refuse("FORBIDDEN", `you keep no share of ${purpose}`);
			if (isPublished(state, purpose, party)) return refuse("E_ALREADY_DONE", "your key for this is published");
			if (purpose === "bids" && state.status !== "DRAFT") return refuse("E_ALREADY_LOCKED", "bids are sealed to the keys of the publication");
			const fault = purposeKeyFault(state, party, payload);
			if (fault !== null) return refuse("E_INPUT", fault);
			return accept([{
				type: "sealing.key-published",
				purpose,
				party,
				publicKey
			}]);
		}
	}),
	"sealing.release": command({
		schema: zRelease,
		secrets: { "private-key": zPrivateKey },
		roles: KEEPER_ROLES,
		states: RUNNING_STATUSES,
		assurance: "session",
		audience: { "x:private-key": keyAudience },
		decide: (state, asked, { actor }, roof) => {
			const { party } = asked;
			const { purpose } = asked.payload;
			if (purposeNamed(state, roof, purpose) === void 0) return refuse("E_INPUT", "purpose: no boxes are sealed for this");
			if (!hasRole(state, party, "node") && actor.assurance !== "certificate") return refuse("ASSURANCE", "the certificate itself must sign");
			const publicKey = own(own(state.keepers.published, purpose) ?? {}, party);
			if (publicKey === void 0) return refuse("E_KEY_MISSING", "you have published no key for this");
			if (own(own(state.keepers.released, purpose) ?? {}, party) !== void 0) return refuse("E_ALREADY_DONE", "your key is released");
			if (!isReleasable(state, roof, purpose, party)) return refuse("E_TOO_EARLY", `the condition for ${purpose} does not hold yet`);
			return tested(asked, "private-key", (key) => keyFits(state, key, publicKey) ? null : refuse("E_KEY_MISMATCH", "the key does not fit the one you published")) ?? accept([{
				type: "sealing.key-released",
				purpose,
				party
			}]);
		}
	})
};
const isPublished = (state, purpose, party) => own(own(state.keepers.published, purpose) ?? {}, party) !== void 0;

const keepersSlice = {
	name: "keepers",
	initial: { keepers: initialKeepers },
	commands: keepersCommands,
	events: keepersEvents,
	duties: keepersDuties,
	limits: keepersLimits
};

const lotDuties = ({ status, setup: { schedule } }, party) => status === "PUBLISHED" && schedule !== null && party === "node:main" ? [duty("lot.issue-documents", "", schedule.documentsFrom)] : [];
const lotLimits = ({ status, setup }) => status === "PUBLISHED" ? limit$1("documents-from", setup.schedule?.documentsFrom) : [];

const OWNER = ["agency", "tenderer"];
const BEFORE_OPENING = ["PUBLISHED", "SUBMISSION_OPEN"];
const fateCommands = {
	"lot.suspend": command({
		schema: zSuspend,
		roles: [
			"supervisor",
			"agency",
			"tenderer"
		],
		states: RUNNING_STATUSES,
		assurance: "certificate",
		decide: (state, { payload: { cause, reason }, party }, { at }) => cause === "SUPERVISION_ORDER" && !hasRole(state, party, "supervisor") ? refuse("FORBIDDEN", "only the supervision authority orders this") : accept([{
			type: "lot.suspended",
			at,
			by: party,
			cause,
			reason
		}])
	}),
	"lot.resume": command({
		schema: zResume,
		roles: [
			"supervisor",
			"agency",
			"tenderer"
		],
		states: ["SUSPENDED"],
		assurance: "certificate",
		decide: (state, { payload, party }, { at }) => state.setup.suspension?.cause === "SUPERVISION_ORDER" && !hasRole(state, party, "supervisor") ? refuse("FORBIDDEN", "who ordered the suspension lifts it") : resumed(state, at, payload.deadline)
	}),
	"lot.terminate": command({
		schema: zTerminate,
		roles: OWNER,
		states: [...BEFORE_OPENING, "SUSPENDED"],
		assurance: "certificate",
		decide: (state, { payload, party }, { at }) => state.previous !== null && !BEFORE_OPENING.includes(state.previous) ? refuse("WRONG_STATE", "after the deadline a lot fails for a reason of the law, it is not ended") : accept([{
			type: "lot.terminated",
			at,
			by: party,
			reason: payload.reason
		}])
	}),
	"lot.fail": command({
		schema: zFail$1,
		roles: ["supervisor"],
		states: statusesBefore("LOT_FAILED"),
		assurance: "certificate",
		decide: (state, { payload: { reason, explanation } }, { at }) => state.award.announced === null ? accept([failed(at, reason, explanation)]) : refuse("WRONG_STATE", "the notice of award has gone out: a lot fails before it only")
	}),
	"lot.re-evaluate": command({
		schema: zReEvaluate,
		roles: ["supervisor"],
		states: statusesBefore("RE_EVALUATION").filter((status) => status !== "SUSPENDED"),
		assurance: "certificate",
		decide: (state, { payload: { ground, reason } }, { at }) => {
			if (ground !== "OBJECTION_UPHELD") return accept([{
				type: "lot.re-evaluation-started",
				at,
				ground,
				reason,
				committee: "new"
			}]);
			if (state.setup.regime !== "TENDER_LAW") return refuse("E_INPUT", "ground: an upheld challenge is none in procurement");
			if (!state.award.objections.some(({ answered }) => answered?.upheld === true)) return refuse("E_INPUT", "ground: no objection was upheld");
			return accept([{
				type: "lot.re-evaluation-started",
				at,
				ground,
				reason,
				committee: "same"
			}]);
		}
	})
};
function resumed(state, at, deadline) {
	const present = state.setup.schedule?.deadline ?? at;
	const isOpenForBids = state.previous === "SUBMISSION_OPEN" || state.previous === "PUBLISHED";
	if (isOpenForBids && (deadline ?? present) <= at) return refuse("E_INPUT", "deadline: it passed meanwhile; name a later one");
	if (deadline !== null && (!isOpenForBids || deadline < present)) return refuse("E_INPUT", "deadline: it can not be moved so");
	const lostMs = Math.max(0, Date.parse(at) - Date.parse(state.setup.suspension?.at ?? at));
	return accept([{
		type: "lot.resumed",
		at,
		lostMs,
		deadline
	}]);
}

function signatureFault(state, party, hash, signature) {
	if (signature === void 0) return null;
	const read = readDetached(profileFor(state), bytesOf(signature), fromHex(hash));
	if (read === null) return refuse("E_INPUT", "signature: it is no good signature over this document");
	const bound = bindingOf(state, party)?.certificate ?? null;
	if (bound === null || bound === read.certificate.fingerprint) return null;
	return refuse("E_INPUT", "signature: it is made with another certificate than yours");
}
function bytesOf(text) {
	try {
		return fromBase64Url(text);
	} catch {
		return /* @__PURE__ */ new Uint8Array();
	}
}

const foundingCommands = {
	"lot.create": command({
		schema: zCreate,
		secrets: { bindings: zBindings },
		roles: ["agency"],
		states: ["DRAFT"],
		assurance: "certificate",
		founds: true,
		audience: {
			"x:bindings": admittedAudience,
			"d:binding:*": bindingAudience
		},
		decide: (state, { payload, party, opened }, context) => {
			const { parties, ...facts } = payload;
			if (state.size > 0) return refuse("E_ALREADY_DONE", "the lot is created");
			if (parties.find((named) => named.party === party)?.roles.includes("agency") !== true) return refuse("FORBIDDEN", "the agency that creates a lot is its party");
			if (new Set(parties.map((named) => named.party)).size !== parties.length) return refuse("E_INPUT", "parties: a name is used twice");
			const strange = parties.find(({ roles }) => roles.some((role) => DRAWN_OR_LISTED.includes(role)));
			if (strange !== void 0) return refuse("E_INPUT", `parties: ${strange.party} comes by draw or by its bid`);
			const member = parties.find(({ roles }) => roles.includes("tenderer-representative"));
			if (member !== void 0) return refuse("E_INPUT", `parties: ${member.party} is admitted by an act of its own (lot.admit)`);
			if (state.round > 1 && facts.previousRound === null) return refuse("E_REASON_REQUIRED", "a later round names the one that failed");
			const bindings = zBindings.safeParse(opened["bindings"]);
			const derived = {};
			for (const binding of bindings.data ?? []) derived[`binding:${binding.party}`] = binding;
			if (Object.keys(derived).length !== parties.length) return refuse("E_INPUT", "secrets.bindings: not one for each party");
			const fault = foundersFault(parties, derived, party, context.facts);
			if (fault !== null) return fault;
			const admitted = parties.map((named) => ({
				type: "lot.party-admitted",
				...named
			}));
			return accept([{
				type: "lot.created",
				...facts,
				engine: context.engine
			}, ...admitted], derived);
		}
	}),
	"lot.revise": command({
		schema: zRevise,
		roles: ["agency"],
		states: ["DRAFT", ...RUNNING_STATUSES],
		assurance: "certificate",
		decide: (state, { payload }) => state.status === "DRAFT" ? accept([{
			type: "lot.revised",
			...payload
		}]) : refuse("E_RULESET_FROZEN", "a published lot changes only by amendments of its tender document")
	}),
	"lot.publish": command({
		schema: zPublish,
		roles: ["agency"],
		states: ["DRAFT"],
		assurance: "certificate",
		decide: (state, { payload, party }, { at, engine, facts }) => {
			const frozen = frozenRuleSet(state, at);
			if (frozen === null) return refuse("E_INPUT", `no rule set for ${state.setup.regime} in ${state.setup.jurisdiction} on this day`);
			const fault = publicationFault(state, frozen.ruleSet, at) ?? witnessPolicyFault(state, facts);
			if (fault !== null) return refuse(fault.code, fault.message);
			const { documentPackage, signature } = payload;
			const unsigned = signatureFault(state, party, documentPackage, signature);
			if (unsigned !== null) return unsigned;
			const signed = signature === void 0 ? {} : { signature };
			return accept([{
				type: "lot.published",
				at,
				ruleSet: frozen.ruleSet.id,
				ruleSetHash: frozen.hash,
				documentPackage,
				...signed,
				engine
			}]);
		}
	}),
	"lot.issue-documents": command({
		schema: zNothing,
		roles: ["agency", "node"],
		states: ["PUBLISHED"],
		assurance: "session",
		decide: (state, _asked, { at }) => state.setup.schedule !== null && at < state.setup.schedule.documentsFrom ? refuse("E_TOO_EARLY", `documents are issued from ${state.setup.schedule.documentsFrom}`) : accept([{
			type: "lot.documents-issued",
			at
		}])
	}),
	"lot.amend": command({
		schema: zAmend,
		roles: ["agency"],
		states: ["PUBLISHED", "SUBMISSION_OPEN"],
		assurance: "certificate",
		decide: (state, { payload, party }, { at }) => {
			const present = state.setup.schedule?.deadline ?? at;
			if (at >= present) return refuse("E_DEADLINE_PASSED", "the deadline for bids has passed");
			const deadline = payload.deadline ?? present;
			if (deadline < present) return refuse("E_INPUT", "deadline: it can only be moved to later");
			const { rules } = payload;
			if (rules !== null) {
				const fault = amendedRulesFault(state, rules);
				if (fault !== null) return fault;
				if (!payload.affectsBids) return refuse("E_INPUT", "affectsBids: changed rules change how bids are made");
			}
			const law = ruleSetOf(state);
			if (payload.affectsBids && at >= lastAmendment(law, deadline)) return refuse("E_INPUT", `deadline: not before ${amendedDeadline(law, at)}`);
			const beyond = calendarFault(law, deadline);
			if (beyond !== null) return refuse(beyond.code, beyond.message);
			const { package: hash, signature, summary } = payload;
			const unsigned = signatureFault(state, party, hash, signature);
			if (unsigned !== null) return unsigned;
			const number = state.setup.amendments.length + 1;
			return accept([{
				type: "lot.amended",
				at,
				number,
				package: hash,
				...signature === void 0 ? {} : { signature },
				summary,
				deadline,
				rules
			}]);
		}
	}),
	"lot.admit": command({
		schema: zParty,
		secrets: { binding: zBinding },
		roles: [
			"agency",
			"tenderer",
			"supervisor"
		],
		states: ["DRAFT", ...RUNNING_STATUSES],
		assurance: "certificate",
		makes: ["lot.party-admitted"],
		audience: {
			"x:binding": admittedAudience,
			"d:binding:*": bindingAudience
		},
		decide: (state, asked, { facts }) => {
			const { payload, party } = asked;
			if (own(state.parties, payload.party) !== void 0) return refuse("E_ALREADY_DONE", `${payload.party} is a party`);
			const strange = payload.roles.find((role) => !admissible(state, party).includes(role));
			if (strange !== void 0) return refuse("FORBIDDEN", `you admit nobody as ${strange} now`);
			if (payload.venue !== null && !state.setup.venues.some(({ venue }) => venue === payload.venue)) return refuse("E_VENUE_NOT_APPROVED", `${payload.venue} is not a venue of this lot`);
			const unknown = registryFault(facts, [payload], null);
			if (unknown !== null) return unknown;
			const unfit = tested(asked, "binding", (given) => standingFault(state, payload, given));
			if (unfit !== null) return unfit;
			const isMember = payload.roles.includes("tenderer-representative");
			const mute = state.status !== "DRAFT" && isMember ? attesterFault(state, payload.venue, payload.party) : null;
			if (mute !== null) return refuse(mute.code, mute.message);
			return accept([{
				type: "lot.party-admitted",
				...payload
			}], { [`binding:${payload.party}`]: () => asked.opened["binding"] ?? null });
		}
	})
};
function standingFault(state, named, given) {
	const binding = zBinding.safeParse(given);
	if (binding.data?.party !== named.party) return refuse("E_INPUT", "secrets.binding.party: another party");
	const clash = clashWith(standingOf(named, binding.data), standingsOf(state));
	return clash === null ? null : refuse(clash.code, clash.message);
}
const DRAWN_OR_LISTED = ["expert", "bidder"];
function admissible(state, party) {
	if (hasRole(state, party, "supervisor")) return ["supervisor", "witness"];
	if (state.status === "DRAFT") return ROLES.filter((role) => !DRAWN_OR_LISTED.includes(role));
	return ["tenderer-representative", "award-member"];
}
function foundersFault(parties, derived, founder, facts) {
	const unbound = parties.find((named) => own(derived, `binding:${named.party}`) === void 0);
	if (unbound !== void 0) return refuse("E_INPUT", `secrets.bindings: nobody stands behind ${unbound.party}`);
	const unknown = registryFault(facts, parties, founder);
	if (unknown !== null) return unknown;
	const clash = firstClash(parties.map((named) => standingOf(named, own(derived, `binding:${named.party}`) ?? null)));
	return clash === null ? null : refuse(clash.code, clash.message);
}
function amendedRulesFault(state, rules) {
	const fault = rulesFault(state, rules, ruleSetOf(state));
	if (fault !== null) return refuse(fault.code, fault.message);
	const before = tenderRulesOf(state).committee;
	return before.members === rules.committee.members && before.representatives === rules.committee.representatives || state.draw.request === null ? null : refuse("E_ALREADY_LOCKED", "rules.committee: its experts are being drawn");
}

const oversightCommands = {
	"lot.give-opinion": command({
		schema: zOpinion,
		roles: ["supervisor"],
		states: LOT_STATUSES,
		assurance: "session",
		decide: (_state, { id, payload, party }, { at }) => accept([{
			type: "lot.opinion-given",
			id,
			by: party,
			at,
			...payload
		}])
	}),
	"lot.acknowledge-opinion": command({
		schema: zAcknowledge,
		roles: [
			"tenderer",
			"agency",
			"witness"
		],
		states: LOT_STATUSES,
		assurance: "session",
		decide: (state, { payload: { opinion: id, reply }, party }, { at }) => {
			const opinion = state.setup.opinions.find((known) => known.id === id);
			if (opinion === void 0) return refuse("NOT_FOUND", "no such opinion");
			if (opinion.acknowledgedBy !== null) return refuse("E_ALREADY_DONE", `${opinion.acknowledgedBy} has acknowledged it`);
			return accept([{
				type: "lot.opinion-acknowledged",
				id,
				by: party,
				at,
				reply
			}]);
		}
	}),
	"lot.order": command({
		schema: zOrder,
		roles: ["supervisor"],
		states: LOT_STATUSES.filter((status) => status !== "DRAFT"),
		assurance: "certificate",
		decide: (state, { id, payload, party }, { at }) => {
			const { kind, reason } = payload;
			const order = {
				type: "lot.order-given",
				id,
				by: party,
				at,
				...payload
			};
			if (payload.fault !== null && kind !== "TOLERATE_FAULT") return refuse("E_INPUT", "fault: only TOLERATE_FAULT names one");
			const refused = orderFault$1(state, kind) ?? (kind === "TOLERATE_FAULT" ? tolerationFault(state, payload.fault) : null);
			if (refused !== null) return refused;
			if (kind === "PAUSE") return accept([order, {
				type: "lot.suspended",
				at,
				by: party,
				cause: "SUPERVISION_ORDER",
				reason
			}]);
			if (kind !== "RESUME") return accept([order]);
			const back = resumed(state, at, null);
			return back.ok ? accept([order, ...back.events]) : back;
		}
	}),
	"lot.record-fact": command({
		schema: zWitnessFact,
		secrets: { text: zText },
		roles: ["witness"],
		states: [...RUNNING_STATUSES, "SUSPENDED"],
		assurance: "session",
		audience: { "x:text": ownersAudience },
		decide: (state, { payload: { kind, about }, party }, { at }) => about !== null && own(state.parties, about) === void 0 ? refuse("E_INPUT", "about: no such party") : accept([{
			type: "lot.fact-recorded",
			at,
			by: party,
			kind,
			about
		}])
	}),
	"lot.change-engine": command({
		schema: zChangeEngine,
		roles: ["supervisor"],
		states: [...RUNNING_STATUSES, "SUSPENDED"],
		assurance: "certificate",
		decide: (state, { payload: { engine: to, reason }, party }, { at, engine }) => {
			const from = state.setup.engine;
			if (to !== engine) return refuse("ENGINE_UNKNOWN", `${engine} decides here and cannot speak for ${to}`);
			if (to === from) return refuse("E_ALREADY_DONE", `the lot runs under ${from}`);
			return accept([{
				type: "lot.engine-changed",
				at,
				by: party,
				from,
				to,
				reason
			}]);
		}
	}),
	"lot.erase-parts": command({
		schema: zEraseParts,
		roles: ["supervisor"],
		states: FINAL_STATUSES,
		assurance: "certificate",
		decide: (state, { payload, party }, { at }) => {
			const fault = erasureFault(state, payload.parts);
			return fault === null ? accept([{
				type: "lot.parts-erased",
				at,
				by: party,
				...payload
			}]) : refuse(fault.code, fault.message);
		}
	})
};

const lotCommands = {
	...foundingCommands,
	...fateCommands,
	...oversightCommands
};

const lotSlice = {
	name: "lot",
	initial: { setup: initialSetup },
	commands: lotCommands,
	events: lotEvents,
	duties: lotDuties,
	limits: lotLimits
};

function openingDuties(state, party) {
	const { opening, status } = state;
	const isHost = hasRole(state, party, "agency");
	if (status === "SUBMISSION_CLOSED") return isHost && openDocumentObjections(state).length === 0 ? [duty("opening.start")] : [];
	if (status !== "OPENING" || opening.paused !== null) return [];
	return [...contributions(state, party), ...ofRole(state, party, isHost)];
}
function ofRole(state, party, isHost) {
	const { opening } = state;
	if (party === "node:main") return ofNode(state);
	if (hasRole(state, party, "bidder")) return ofBidder(state, party);
	const duties = [];
	if (hasRole(state, party, "tenderer") || hasRole(state, party, "witness")) duties.push(...signIn(state, party));
	if (isHost && opening.step === "STARTED") duties.push(duty("opening.publish-list"));
	if (isHost && opening.step === "COEFFICIENT_DRAW" && opening.coefficient.request === null) duties.push(duty("opening.name-contributors"));
	if (isHost && opening.step === "READ_OUT" && unrecordedSecurities(state).length === 0) duties.push(duty("opening.read-out"));
	if (isHost) duties.push(...opening.objections.flatMap(({ id, reply }) => reply === null ? [duty("opening.reply", id)] : []));
	if (opening.step !== "RECORD_MADE" && (hasRole(state, party, "witness") || hasRole(state, party, "supervisor"))) duties.push(...pendingFindings(state).map(({ id }) => duty("opening.countersign-finding", id)));
	const signs = isHost || hasRole(state, party, "tenderer") || hasRole(state, party, "witness") && own(opening.signedIn, party) !== void 0;
	if (opening.step === "RECORD_MADE" && signs && own(opening.recordSignatures, party) === void 0) duties.push(duty("opening.sign-record"));
	if (opening.step === "RECORD_MADE" && isHost && own(opening.recordSignatures, party) !== void 0) duties.push(duty("opening.close"));
	return duties;
}
const signIn = ({ opening: { step, signedIn } }, party) => own(signedIn, party) === void 0 && step !== "RECORD_MADE" && step !== "CLOSED" ? [duty("opening.sign-in")] : [];
function ofNode(state) {
	switch (state.opening.step) {
		case "LIST_PUBLISHED":
		case "DECRYPTING": return atDecryption(state);
		case "COEFFICIENT_DRAW": return isKContributed(state) && isReleased(state, "coefficient") ? [duty("opening.open-contributions")] : [];
		case "CONFIRMING": return atRecord(state);
		default: return [];
	}
}
function atDecryption(state) {
	const { step, bids, decryptUntil } = state.opening;
	if (!isReleased(state, "bids")) return [];
	const of = (status) => Object.keys(bids).filter((bid) => bids[bid]?.status === status);
	const work = [...of("LOCKED").map((bid) => duty("opening.extract-bid", bid)), ...of("DECRYPTED").map((bid) => duty("opening.open-bid", bid))];
	if (work.length > 0 || step === "LIST_PUBLISHED") return work;
	return [duty("opening.close-decryption", "", of("EXTRACTED").length > 0 ? decryptUntil : null)];
}
function contributions(state, party) {
	const { contributors, boxes } = contributionsToK(state);
	if (state.opening.step !== "COEFFICIENT_DRAW" || ringOf(state).keepers("coefficient").missing !== null) return [];
	return contributors.includes(party) && own(boxes, party) === void 0 ? [duty("opening.contribute")] : [];
}
function atRecord(state) {
	const { confirmUntil, confirmations, objections } = state.opening;
	if (objections.some(({ reply }) => reply === null)) return [];
	const isSilent = openedBidders(state).some((bidder) => own(confirmations, bidder) === void 0);
	return [duty("opening.make-record", "", isSilent ? confirmUntil : null)];
}
function ofBidder(state, party) {
	const { step, confirmations, recordSignatures, bids, confirmUntil, decryptUntil } = state.opening;
	const duties = signIn(state, party);
	const mine = bidOf(state, party)?.bid ?? "";
	if (own(bids, mine)?.status === "EXTRACTED") duties.push(duty("opening.decrypt-bid", mine, null, decryptUntil));
	if (step === "CONFIRMING" && own(confirmations, party) === void 0) duties.push(duty("opening.confirm", "", null, confirmUntil));
	if (step === "RECORD_MADE" && own(recordSignatures, party) === void 0) duties.push(duty("opening.sign-record"));
	return duties;
}
const openingLimits = ({ status, opening }) => status === "OPENING" ? [...limit$1("decryption", opening.decryptUntil), ...limit$1("confirmation", opening.confirmUntil)] : [];
const BEFORE_K = [
	"PUBLISHED",
	"SUBMISSION_OPEN",
	"SUBMISSION_CLOSED",
	"OPENING"
];
const openingPurposes = (state) => [{
	family: BIDS_PURPOSE,
	current: BIDS_PURPOSE,
	isDue: state.status === "DRAFT",
	opens: () => areBidsOpenable(state),
	notBefore: state.setup.schedule?.deadline
}, {
	family: COEFFICIENT_PURPOSE,
	current: COEFFICIENT_PURPOSE,
	isDue: state.setup.rules !== null && BEFORE_K.includes(state.status) && drawnValues(state) !== null && state.opening.coefficient.seed === null,
	opens: (purpose) => purpose === "coefficient" && atCoefficientDraw(state) && isKContributed(state)
}];
const atCoefficientDraw = ({ status, opening: { step, paused } }) => status === "OPENING" && step === "COEFFICIENT_DRAW" && paused === null;

function stepFault(state, asked, steps) {
	const { step, paused } = state.opening;
	if (paused !== null) return refuse("WRONG_STEP", `the session is paused: ${paused.reason}`);
	if (!steps.includes(step)) return refuse("WRONG_STEP", `the session is at ${step}; this belongs to ${steps.join(", ")}`);
	return asked.step === "" || asked.step === step ? null : refuse("WRONG_STEP", `the session is at ${step}, not at ${asked.step}`);
}
const atStep = (steps, rule) => {
	return (state, asked, context) => stepFault(state, asked, steps) ?? rule(state, asked, context);
};

const sessionCommands = {
	"opening.start": command({
		schema: zNothing,
		roles: ["agency"],
		states: ["SUBMISSION_CLOSED"],
		assurance: "certificate",
		decide: (state, { party }, { at }) => {
			if (openDocumentObjections(state).length > 0) return refuse("E_OBJECTION_OPEN", "an objection to the tender document is not answered: answer it, then open the bids");
			return accept([{
				type: "opening.started",
				at,
				host: party
			}]);
		}
	}),
	"opening.sign-in": command({
		schema: zNothing,
		roles: [
			"bidder",
			"tenderer",
			"agency",
			"witness",
			"supervisor"
		],
		states: ["SUBMISSION_CLOSED", "OPENING"],
		assurance: "session",
		decide: (state, { party }, { at }) => {
			if (own(state.opening.signedIn, party) !== void 0) return refuse("E_ALREADY_DONE", "you are signed in");
			return accept([{
				type: "opening.signed-in",
				at,
				party
			}]);
		}
	}),
	"opening.publish-list": command({
		schema: zNothing,
		roles: ["agency"],
		states: ["OPENING"],
		assurance: "session",
		audience: {
			"d:act:*": everybody,
			"d:binding:*": bindingAudience
		},
		decide: atStep(["STARTED"], (state, _asked, { at }) => {
			const told = toldList(state, at);
			return told === null ? refuse("NOT_VISIBLE", "the list that the lock sealed is not given to whoever asks") : accept([...told.events, {
				type: "opening.list-published",
				at,
				bidders: [...told.bidders]
			}], told.derived);
		})
	}),
	"opening.pause": command({
		schema: zPause,
		roles: [
			"agency",
			"supervisor",
			"node"
		],
		states: ["OPENING"],
		assurance: "session",
		decide: (state, { payload, party }, { at }) => state.opening.paused === null ? accept([{
			type: "opening.paused",
			at,
			by: party,
			reason: payload.reason
		}]) : refuse("E_ALREADY_DONE", "the session is paused")
	}),
	"opening.resume": command({
		schema: zNothing,
		roles: ["agency", "supervisor"],
		states: ["OPENING"],
		assurance: "session",
		decide: (state, _asked, { at }) => {
			const { paused } = state.opening;
			if (paused === null) return refuse("WRONG_STEP", "the session is not paused");
			return accept([{
				type: "opening.resumed",
				at,
				lostMs: Math.max(0, Date.parse(at) - Date.parse(paused.at))
			}]);
		}
	}),
	"opening.extend-window": command({
		schema: zExtendWindow,
		roles: ["agency", "supervisor"],
		states: ["OPENING"],
		assurance: "session",
		decide: atStep(["DECRYPTING", "CONFIRMING"], (state, { payload: { seconds, reason } }, { at }) => {
			const until = state.opening.step === "CONFIRMING" ? state.opening.confirmUntil : state.opening.decryptUntil;
			if (until === null || at >= until) return refuse("E_DEADLINE_PASSED", "the window is over");
			const extended = {
				type: "opening.window-extended",
				at,
				until: addMs(until, seconds * 1e3),
				reason
			};
			return accept([extended]);
		})
	})
};

const pricesAudience = (viewer, state, entry) => {
	if (isDecryptionClosed(state)) return seesPrices(viewer, state);
	const bid = openedBy(entry.events);
	const bidder = bid === void 0 ? void 0 : own(state.bidding.bids, bid)?.bidder;
	return viewer.party !== null && (viewer.party === bidder || viewer.party === "node:main" || viewer.roles.includes("supervisor"));
};
function openedBy(events) {
	const bid = events.find(({ type }) => type === "opening.bid-opened")?.["bid"];
	return typeof bid === "string" ? bid : void 0;
}
const fileKeyAudience = (viewer, _state, entry) => viewer.party !== null && (viewer.party === entry.party || viewer.party === "node:main" || viewer.roles.includes("supervisor"));
const partKeysAudience = (viewer, state, entry, part) => {
	const type = typeOfKeys(part.slice(2));
	const bid = openedBy(entry.events);
	return type !== void 0 && bid !== void 0 && mayReadBidPart(viewer, state, bid, type);
};

function bidAt(state, bid, statuses) {
	const opened = own(state.opening.bids, bid);
	if (opened === void 0) return refuse("NOT_FOUND", "no such bid");
	return statuses.includes(opened.status) ? opened : refuse("E_ALREADY_DONE", `the bid is ${opened.status}`);
}
function outerBox(state, bid) {
	const manifest = manifestOf(state, bid);
	if (manifest === null || !areBidsOpenable(state)) return refuse("E_TOO_EARLY", "bids may not be opened now");
	const recovered = recoverBox(ringOf(state), manifest);
	if (recovered.status === "waiting") return refuse("E_STEP_BARRIER", `${recovered.missing} keepers have not released their keys`);
	return { fault: (recovered.status === "invalid" ? recovered.fault : checkBox(profileFor(state), manifest, recovered.master))?.message ?? null };
}
const bidFailed = (at, bid, { result, fault, explanation }) => ({
	type: "opening.bid-failed",
	at,
	bid,
	result,
	fault,
	explanation
});
const corrupt = (explanation) => ({
	result: "FILE_CORRUPT",
	fault: "BIDDER",
	explanation
});

const decryptionCommands = {
	"opening.extract-bid": command({
		schema: zExtract,
		roles: ["node"],
		states: ["OPENING"],
		assurance: "node",
		decide: atStep(["LIST_PUBLISHED", "DECRYPTING"], (state, { party, payload: { bid, innerHeader } }, { at }) => {
			if (party !== "node:main") return refuse("FORBIDDEN", "the main venue extracts bids");
			const due = bidAt(state, bid, ["LOCKED"]);
			if ("ok" in due) return due;
			const box = outerBox(state, bid);
			if ("ok" in box) return box;
			if (box.fault !== null) return accept([bidFailed(at, bid, corrupt(`the box is INVALID: ${box.fault}`))]);
			if (innerHeader === null) return refuse("E_BOX_INVALID", "the box is valid; give the inner header");
			if (headerHash(state, innerHeader) !== own(state.bidding.bids, bid)?.innerHeaderHash) return refuse("E_BOX_INVALID", "this is not the inner header that the bidder signed for");
			return accept([{
				type: "opening.bid-extracted",
				at,
				bid,
				innerHeader,
				until: limitOf(state, "decryption", at) ?? at
			}]);
		})
	}),
	"opening.decrypt-bid": command({
		schema: zDecrypt,
		secrets: { "file-key": zFileKey },
		roles: ["bidder"],
		states: ["OPENING"],
		assurance: "session",
		audience: { "x:file-key": fileKeyAudience },
		decide: atStep(["DECRYPTING"], (state, asked, { at }) => {
			const { party, payload } = asked;
			const { bid } = payload;
			if (bidOf(state, party)?.bid !== bid) return refuse("FORBIDDEN", "this is not your bid");
			const due = bidAt(state, bid, ["EXTRACTED"]);
			if ("ok" in due) return due;
			if (state.opening.decryptUntil === null || at >= state.opening.decryptUntil) return refuse("E_DEADLINE_PASSED", "the window to decrypt is over");
			return tested(asked, "file-key", (fileKey) => typeof fileKey === "string" && fileKeyFits(profileFor(state), due.innerHeader ?? "", fileKey) ? null : refuse("E_KEY_MISMATCH", "the key does not fit the header of your bid")) ?? accept([{
				type: "opening.bid-decrypted",
				at,
				bid
			}]);
		})
	}),
	"opening.open-bid": command({
		schema: zOpen,
		secrets: {
			index: record$2(string(), json()),
			sheet: record$2(string(), json()),
			"keys-*": zPartKeys
		},
		roles: ["node"],
		states: ["OPENING"],
		assurance: "node",
		makes: ["opening.bid-opened", "opening.bid-failed"],
		audience: {
			"x:index": pricesAudience,
			"x:sheet": pricesAudience,
			"x:keys-*": partKeysAudience
		},
		decide: atStep(["DECRYPTING"], (state, { party, payload: { bid }, opened }, { at }) => {
			if (party !== "node:main") return refuse("FORBIDDEN", "the main venue opens bids");
			const due = bidAt(state, bid, ["DECRYPTED"]);
			if ("ok" in due) return due;
			const { index = null, sheet = null } = opened;
			const fault = textsFault(state, bid, canonicalText(index), canonicalText(sheet));
			if (fault !== null && !BIDDER_FAULTS.includes(fault.code)) return refuse("OPENING_MISMATCH", fault.message);
			const read = zOpeningSheet.safeParse(sheet);
			if (fault !== null) return accept([bidFailed(at, bid, corrupt(fault.message))]);
			if (!read.success) {
				const why = `the opening sheet is not of the form that the tender document sets: ${firstIssue(read.error)}`;
				return accept([bidFailed(at, bid, corrupt(why))]);
			}
			return keysFault(opened, dueKeys(state, bid, canonicalText(index))) ?? accept([{
				type: "opening.bid-opened",
				at,
				bid
			}]);
		})
	}),
	"opening.close-decryption": command({
		schema: zNothing,
		roles: ["agency", "node"],
		states: ["OPENING"],
		assurance: "session",
		audience: { "d:*": everybody },
		decide: atStep(["DECRYPTING"], (state, _asked, { at }) => closeDecryption(state, at))
	})
};
const BIDDER_FAULTS = ["OTHER_LOT", "OTHER_BIDDER"];
function headerHash(state, innerHeader) {
	try {
		return innerHeaderHash(profileFor(state), innerHeader);
	} catch {
		return null;
	}
}
function textsFault(state, bid, index, openingSheet) {
	const delivered = deliveredBid(state, bid);
	return delivered === null ? {
		code: "FILE_KEY",
		message: "The file key of this bid is not known."
	} : checkBidTexts(profileFor(state), {
		index,
		openingSheet
	}, delivered);
}
function dueKeys(state, bid, indexText) {
	const index = readBidIndex(indexText);
	return index === null ? {} : partKeySecrets(state, index, deliveredBid(state, bid)?.fileKey ?? "");
}
function keysFault(opened, due) {
	const given = Object.keys(opened).filter((name) => name.startsWith("keys-"));
	const wrong = [.../* @__PURE__ */ new Set([...given, ...Object.keys(due)])].find((name) => canonicalText(own(opened, name) ?? null) !== canonicalText(own(due, name) ?? null));
	return wrong === void 0 ? null : refuse("E_INPUT", `secrets.${wrong}: not the keys of the parts that the index names`);
}
const TIMED_OUT = {
	result: "TIMEOUT",
	fault: "BIDDER",
	explanation: "not decrypted within the window"
};
function closeDecryption(state, at) {
	const left = Object.entries(state.opening.bids).filter(([, { status }]) => [
		"LOCKED",
		"EXTRACTED",
		"DECRYPTED"
	].includes(status));
	const isOver = state.opening.decryptUntil !== null && at >= state.opening.decryptUntil;
	if (left.length > 0 && !isOver) return refuse("E_STEP_BARRIER", `${left.length} bids are not opened and the window runs`);
	if (left.some(([, { status }]) => status === "DECRYPTED")) return refuse("E_STEP_BARRIER", "a decrypted bid is not opened yet");
	if (left.some(([, { status }]) => status === "LOCKED")) return refuse("E_STEP_BARRIER", "a bid is not extracted yet; extract it, or find whose fault that is");
	const events = left.map(([bid]) => bidFailed(at, bid, TIMED_OUT));
	const opened = Object.values(state.opening.bids).filter(({ status }) => status === "OPENED").length;
	const next = drawnValues(state) === null ? "READ_OUT" : "COEFFICIENT_DRAW";
	events.push({
		type: "opening.decryption-closed",
		at,
		opened,
		next,
		k: fixedCoefficient(state)
	});
	if (opened < ruleSetOf(state).thresholds.bidsMin) events.push(failed(at, "LT3_AFTER_DECRYPT", `${opened} bids were opened`));
	return accept(events);
}

const AFTER_THE_WINDOW = [
	"DECRYPTING",
	"COEFFICIENT_DRAW",
	"READ_OUT",
	"CONFIRMING"
];
const excludingCommands = {
	"opening.fail-bid": command({
		schema: zFailBid,
		roles: ["node"],
		states: ["OPENING"],
		assurance: "node",
		decide: atStep(["LIST_PUBLISHED", "DECRYPTING"], (state, { party, payload: { bid } }, { at, facts }) => {
			if (party !== "node:main") return refuse("FORBIDDEN", "the main venue opens bids");
			const due = bidAt(state, bid, ["LOCKED", "DECRYPTED"]);
			if ("ok" in due) return due;
			const box = outerBox(state, bid);
			if ("ok" in box) return box;
			if (box.fault !== null) return refuse("E_BOX_INVALID", "the box is INVALID: extract it");
			const read = zFileFault.safeParse(facts["fault"]);
			if (!read.success) return refuse("E_INPUT", `facts.fault.${firstIssue(read.error)}`);
			const { code, message } = read.data;
			if (!(due.status === "LOCKED" ? OUTER_FAULTS : INNER_FAULTS).includes(code)) return refuse("E_INPUT", `facts.fault.code: nobody can see ${code} of a bid that is ${due.status}`);
			return accept([bidFailed(at, bid, corrupt(`${code}: ${message}`))]);
		})
	}),
	"opening.record-finding": command({
		schema: zRecordFinding,
		roles: ["agency"],
		states: ["OPENING"],
		assurance: "certificate",
		decide: atStep(AFTER_THE_WINDOW, (state, { id, party, payload: { bid, ...finding } }, { at }) => {
			const standing = own(state.opening.findings, bid)?.countersignedBy ?? null;
			if (standing !== null) return refuse("E_ALREADY_DONE", `what ${standing} countersigned stands`);
			return findingFault(state, {
				bid,
				...finding
			}, at) ?? accept([{
				type: "opening.finding-recorded",
				at,
				by: party,
				id,
				bid,
				...finding
			}]);
		})
	}),
	"opening.countersign-finding": command({
		schema: zCountersign,
		roles: ["witness", "supervisor"],
		states: ["OPENING"],
		assurance: "certificate",
		decide: atStep(AFTER_THE_WINDOW, (state, { party, payload: { finding: id } }, { at }) => {
			const found = Object.values(state.opening.findings).find((known) => known.id === id);
			if (found === void 0) return refuse("NOT_FOUND", "no such finding, or another one has taken its place");
			if (found.countersignedBy !== null) return refuse("E_ALREADY_DONE", "it is countersigned");
			return findingFault(state, found, at) ?? accept([{
				type: "opening.finding-countersigned",
				at,
				bid: found.bid,
				party
			}, bidFailed(at, found.bid, found)]);
		})
	})
};
function findingFault(state, { bid, fault }, at) {
	const { step, decryptUntil, bids } = state.opening;
	const opened = own(bids, bid);
	if (opened === void 0) return refuse("NOT_FOUND", "no such bid");
	if (opened.status === "OPENED") return refuse("E_ALREADY_DONE", "the bid is opened");
	if (opened.result === "FILE_CORRUPT") return refuse("E_ALREADY_DONE", "its bytes show what is wrong with it");
	if (step === "DECRYPTING" && (decryptUntil === null || at < decryptUntil)) return refuse("E_TOO_EARLY", "the window to decrypt is not over; for the fault of another the session is paused and the window extended");
	if ((opened.status === "LOCKED" || opened.status === "DECRYPTED") && fault === "BIDDER") return refuse("FORBIDDEN", `the bid is ${opened.status}: what is missing the bidder does not owe`);
	return null;
}

const drawCommands = {
	"opening.name-contributors": command({
		schema: zNameContributors,
		roles: ["agency"],
		states: ["OPENING"],
		assurance: "certificate",
		decide: atStep(["COEFFICIENT_DRAW"], (state, { payload: { contributors, reason } }, { at }) => {
			const version = (state.opening.coefficient.request?.version ?? 0) + 1;
			if (isKContributed(state)) return refuse("E_ALREADY_LOCKED", "every nonce is sealed and the keepers open them");
			if (version > 1 && reason === null) return refuse("E_REASON_REQUIRED", "other contributors are a new request with its reason");
			if (!contributors.includes("node:main")) return refuse("E_INPUT", `contributors: ${MAIN_NODE} contributes`);
			return contributorsFault(state, contributors, "contributors") ?? accept([{
				type: "opening.contributors-named",
				at,
				version,
				contributors,
				reason
			}]);
		})
	}),
	"opening.contribute": command({
		...sealedNonce((state) => state.opening.coefficient.seed !== null),
		roles: [
			"bidder",
			"tenderer",
			"agency",
			"supervisor",
			"witness",
			"node"
		],
		states: ["OPENING"],
		assurance: "session",
		decide: atStep(["COEFFICIENT_DRAW"], (state, asked, { at }) => {
			return nonceFault(state, "coefficient", contributionsToK(state), asked) ?? accept([{
				type: "opening.contributed",
				at,
				party: asked.party,
				manifest: asked.payload.manifest
			}]);
		})
	}),
	"opening.open-contributions": command({
		...OPENED_NONCES,
		schema: zNothing,
		roles: ["node"],
		states: ["OPENING"],
		assurance: "node",
		decide: atStep(["COEFFICIENT_DRAW"], (state, asked, { at }) => {
			const values = drawnValues(state);
			if (asked.party !== "node:main") return refuse("FORBIDDEN", "the main venue opens the boxes");
			if (values === null || !isKContributed(state)) return refuse("E_STEP_BARRIER", "a contributor has not sealed a nonce");
			const found = openNonces(state, state.opening.coefficient.boxes, asked);
			if (!("nonces" in found)) return found;
			const { seed, value } = drawCoefficient(coefficientDraw(state, found.nonces, values));
			return accept([{
				type: "opening.coefficient-drawn",
				at,
				seed,
				value,
				nonces: { ...found.nonces },
				void: [...found.void]
			}]);
		})
	})
};

const PRESENT = [
	"bidder",
	"tenderer",
	"agency",
	"witness"
];
const closingCommands = {
	"opening.read-out": command({
		schema: zNothing,
		roles: ["agency"],
		states: ["OPENING"],
		assurance: "session",
		decide: atStep(["READ_OUT"], (state, _asked, { at }) => {
			const [silent] = unrecordedSecurities(state);
			if (silent !== void 0) return refuse("E_STEP_BARRIER", `it is not recorded whether the bid security of ${silent} was received`);
			return accept([{
				type: "opening.read-out",
				at,
				until: limitOf(state, "openingConfirmation", at) ?? at
			}]);
		})
	}),
	"opening.confirm": command({
		schema: zNothing,
		roles: ["bidder"],
		states: ["OPENING"],
		assurance: "session",
		decide: atStep(["CONFIRMING"], (state, { party }, { at }) => {
			if (own(state.opening.confirmations, party) !== void 0) return refuse("E_ALREADY_DONE", "you have confirmed");
			return accept([{
				type: "opening.confirmed",
				at,
				party
			}]);
		})
	}),
	"opening.object": command({
		schema: zObject,
		roles: ["bidder"],
		states: ["OPENING"],
		assurance: "session",
		decide: atStep(["CONFIRMING"], (state, { id, party, payload: { text } }, { at }) => {
			const { confirmUntil } = state.opening;
			if (confirmUntil !== null && at >= confirmUntil) return refuse("E_DEADLINE_PASSED", "the window for objections at the opening is over");
			return accept([{
				type: "opening.objected",
				at,
				id,
				party,
				text
			}]);
		})
	}),
	"opening.reply": command({
		schema: zReply,
		roles: ["agency", "tenderer"],
		states: ["OPENING"],
		assurance: "session",
		decide: atStep(["CONFIRMING"], (state, { payload: { objection: id, text } }, { at }) => {
			const objection = state.opening.objections.find((known) => known.id === id);
			if (objection === void 0) return refuse("NOT_FOUND", "no such objection");
			if (objection.reply !== null) return refuse("E_ALREADY_DONE", "it is answered");
			return accept([{
				type: "opening.replied",
				at,
				id,
				text
			}]);
		})
	}),
	"opening.make-record": command({
		schema: zNothing,
		roles: ["agency", "node"],
		states: ["OPENING"],
		assurance: "session",
		audience: { "d:record": pricesAudience },
		decide: atStep(["CONFIRMING"], (state, _asked, { at }) => {
			const { confirmUntil, confirmations, objections } = state.opening;
			if (objections.some(({ reply }) => reply === null)) return refuse("E_OBJECTION_OPEN", "an objection is not answered");
			const silent = openedBidders(state).filter((bidder) => own(confirmations, bidder) === void 0);
			if (silent.length > 0 && confirmUntil !== null && at < confirmUntil) return refuse("E_TOO_EARLY", `${silent.join(", ")} may still object`);
			const record = openingRecord(state);
			return accept([{
				type: "opening.record-made",
				at,
				hash: profileFor(state).hashHex(canonicalText(record))
			}], { record });
		})
	}),
	"opening.sign-record": command({
		schema: zSignRecord,
		roles: PRESENT,
		states: ["OPENING"],
		assurance: "certificate",
		decide: atStep(["RECORD_MADE"], (state, { party, payload: { record } }, { at }) => {
			if (record !== state.opening.record?.hash) return refuse("E_REPORT_HASH_CHANGED", "this is not the record of this opening");
			if (own(state.opening.recordSignatures, party) !== void 0) return refuse("E_ALREADY_DONE", "you have signed");
			return accept([{
				type: "opening.record-signed",
				at,
				party
			}]);
		})
	}),
	"opening.close": command({
		schema: zNothing,
		roles: ["agency"],
		states: ["OPENING"],
		assurance: "session",
		decide: atStep(["RECORD_MADE"], (state, _asked, { at }) => {
			const due = partiesWith(state, "agency").find((party) => own(state.opening.recordSignatures, party) === void 0);
			if (due !== void 0) return refuse("E_STEP_BARRIER", `${due} has not signed the record`);
			const silent = partiesWith(state, "witness").filter((party) => own(state.opening.signedIn, party) !== void 0).find((party) => !Object.keys(state.opening.recordSignatures).includes(party) && hasRole(state, party, "witness"));
			if (silent !== void 0) return refuse("E_STEP_BARRIER", `${silent} attended and has not signed the record`);
			return accept([{
				type: "opening.closed",
				at
			}]);
		})
	})
};

const openingCommands = {
	...sessionCommands,
	...decryptionCommands,
	...excludingCommands,
	...drawCommands,
	...closingCommands
};

const openingSlice = {
	name: "opening",
	initial: { opening: initialOpening },
	commands: openingCommands,
	events: openingEvents,
	follows: openingFollows,
	duties: openingDuties,
	limits: openingLimits,
	purposes: openingPurposes
};

function reportDuties(state, party) {
	const { status, report } = state;
	if (status === "EVALUATED") return hasRole(state, party, "tenderer") ? [duty("report.review")] : [];
	if (status !== "REPORT_SIGNING") return [];
	const { generated } = report;
	if (generated === null) return party === "node:main" ? [duty("report.generate")] : [];
	if (!isMember(state, party) || own(report.ends, party) !== void 0) return [];
	return [duty("report.sign", generated.hash, null, limitOf(state, "reportSigning", generated.at))];
}
function reportLimits(state) {
	const { status, report } = state;
	if (status === "REPORT_SIGNING" && report.generated !== null) return limit$1("report-signing", limitOf(state, "reportSigning", report.generated.at));
	return (status === "EVALUATED" || status === "REPORT_REVIEW") && report.deliveredAt !== null ? limit$1("publicity-due", limitOf(state, "reportToPublicity", report.deliveredAt)) : [];
}

const zSign = strictObject({
	report: zHash,
	mode: _enum([
		"SIGNED",
		"SIGNED_WITH_DISSENT",
		"DISSENT_ONLY"
	])
});
const zDissent = strictObject({ text: zText });
const zDeemAgreed = strictObject({
	member: zName,
	note: zText
});
const zReviewReport = strictObject({ outcome: _enum(["ACCEPTED", "QUESTIONED"]) });
const zFindings = strictObject({ text: zText });

const seesReport = (viewer, state) => isInsider(viewer, state) || state.report.deliveredAt !== null && isOwner(viewer);
const seesFindings = (viewer, state) => isOwner(viewer) || isInsider(viewer, state);

function generate(state, _asked, context) {
	const { generated, ends } = state.report;
	if (Object.keys(ends).length > 0) return refuse("E_ALREADY_LOCKED", "a member has signed this report");
	const version = (generated?.version ?? 0) + 1;
	return accept([{
		type: "report.generated",
		version,
		at: context.at
	}], { report: reportContent(state) });
}
function sign(state, asked, context) {
	const { generated, ends } = state.report;
	if (!isMember(state, asked.party)) return refuse("FORBIDDEN", "you are not a member of the committee");
	if (generated === null) return refuse("WRONG_STATE", "the report is not made yet");
	if (Object.hasOwn(ends, asked.party)) return refuse("E_ALREADY_DONE", "you have signed");
	if (asked.payload.report !== generated.hash) return refuse("E_REPORT_HASH_CHANGED", "this is not the report on the record: read it again");
	const isDissent = asked.payload.mode !== "SIGNED";
	if (isDissent !== Object.hasOwn(asked.secrets, "dissent")) return refuse("E_REASON_REQUIRED", isDissent ? "secrets.dissent: give the dissent and its reasons in writing" : "secrets.dissent: the mode says no dissent");
	return ended(state, asked.party, asked.payload.mode, context.at);
}
function ended(state, member, end, at) {
	const signed = {
		type: "report.signed",
		member,
		end,
		at
	};
	return membersOf(state).filter((party) => party !== member && !Object.hasOwn(state.report.ends, party)).length > 0 ? accept([signed]) : accept([signed, {
		type: "report.delivered",
		at
	}]);
}
function deemAgreed(state, asked, context) {
	const { generated, ends } = state.report;
	const { member } = asked.payload;
	if (generated === null) return refuse("WRONG_STATE", "the report is not made yet");
	if (!isMember(state, member)) return refuse("E_INPUT", `member: ${member} is no member of the committee`);
	if (Object.hasOwn(ends, member)) return refuse("E_ALREADY_DONE", `${member} has signed`);
	const until = limitOf(state, "reportSigning", generated.at) ?? generated.at;
	if (context.at < until) return refuse("E_TOO_EARLY", `members may sign until ${until}`);
	return ended(state, member, "REFUSED_DEEMED_AGREED", context.at);
}
function reviewReport(state, asked, context) {
	if (state.report.reviewed?.outcome === "ACCEPTED") return refuse("E_ALREADY_DONE", "the report is accepted");
	if (asked.payload.outcome === "QUESTIONED" && !Object.hasOwn(asked.secrets, "findings")) return refuse("E_REASON_REQUIRED", "secrets.findings: say what is questioned");
	return accept([{
		type: "report.reviewed",
		outcome: asked.payload.outcome,
		at: context.at
	}]);
}
const reportCommands = {
	"report.generate": command({
		schema: zNothing,
		roles: ["node"],
		states: ["REPORT_SIGNING"],
		assurance: "node",
		decide: generate,
		makes: ["report.generated"],
		audience: { "d:report": seesReport }
	}),
	"report.sign": command({
		schema: zSign,
		secrets: { dissent: zDissent.optional() },
		roles: MEMBER_ROLES,
		states: ["REPORT_SIGNING"],
		assurance: "certificate",
		decide: sign,
		audience: { "x:dissent": seesReport }
	}),
	"report.deem-agreed": command({
		schema: zDeemAgreed,
		roles: ["witness"],
		states: ["REPORT_SIGNING"],
		assurance: "certificate",
		decide: deemAgreed
	}),
	"report.review": command({
		schema: zReviewReport,
		secrets: { findings: zFindings.optional() },
		roles: ["tenderer", "agency"],
		states: ["EVALUATED", "REPORT_REVIEW"],
		assurance: "certificate",
		decide: reviewReport,
		audience: { "x:findings": seesFindings }
	})
};

const reportSlice = {
	name: "report",
	initial: { report: initialReport },
	commands: reportCommands,
	events: reportEvents,
	follows: reportFollows,
	duties: reportDuties,
	limits: reportLimits
};

function reviewDuties(state, party) {
	return [
		...qualification$1(state, party),
		...sheets$2(state, party),
		...competition(state, party),
		...answers(state, party)
	];
}
const qualification$1 = (state, party) => state.status === "OPENED" && state.setup.regime === "GOV_PROCUREMENT" && hasRole(state, party, "agency") ? [duty("review.qualify")] : [];
function sheets$2(state, party) {
	const openFrom = waiting(state).map(({ dueAt }) => dueAt).sort().at(-1);
	return sheetDuties(state, party, {
		step: "review",
		sheets: state.review.sheets,
		submit: "review.submit-sheet",
		correct: "review.correct-sheet",
		open: "review.open-sheets"
	}, openFrom ?? null);
}
const competition = (state, party) => state.status === "EVALUATING" && state.committee.step === "few-bids" && isMember(state, party) && own(state.review.fewBids.votes, party) === void 0 ? [duty("review.vote-competition")] : [];
const waiting = (state) => state.review.clarifications.filter(({ answeredSeq }) => answeredSeq === null);
const answers = (state, party) => state.status === "EVALUATING" ? waiting(state).filter(({ bidder }) => bidder === party).map(({ id, dueAt }) => duty("review.answer-clarification", id, null, dueAt)) : [];
const reviewLimits = (state) => {
	const { chair } = state.committee;
	if (state.status !== "EVALUATING") return [];
	return waiting(state).flatMap(({ bidder, dueAt }) => limit$1("clarification", dueAt, chair === null ? [bidder] : [bidder, chair]));
};
const reviewPurposes = (state) => [sheetPurpose(state, "review", state.review.sheets, state.setup.rules !== null)];

const sheetOf = (state, step, member) => contentOf(state, step, member, bidsOf);
const bidsOf = (value) => readBids(value) ?? {};
function readBids(value) {
	const read = zSheet.safeParse(value);
	return read.success ? read.data.bids : null;
}
const faultyCells = (bids, bidders, items, isGood) => bidders.flatMap((bidder) => items.flatMap((item) => isGood(item, own(own(bids, bidder) ?? {}, item)) ? [] : [{
	bidder,
	item
}]));
function isGoodEntry(value, grounds) {
	const read = zReviewEntry.safeParse(value);
	if (!read.success) return false;
	const entry = read.data;
	return entry.pass || grounds.some((ground) => ground === entry.ground);
}
function coversExactly(change, cells) {
	const touched = Object.entries(change).flatMap(([bidder, items]) => Object.keys(items).map((item) => `${bidder}/${item}`));
	const due = new Set(cells.map(({ bidder, item }) => `${bidder}/${item}`));
	return touched.length === due.size && touched.every((cell) => due.has(cell));
}
function decideByMajority(sheets, bidders, items) {
	const members = Object.keys(sheets).length;
	const result = {
		v: 2,
		valid: [],
		rejected: []
	};
	const fails = {
		v: 1,
		decisive: [],
		dissent: []
	};
	for (const bidder of bidders) {
		const all = failsOf(sheets, bidder, items);
		const failed = items.map((item) => ({
			item,
			fails: all.filter((fail) => fail.item === item).length,
			members
		})).filter((item) => isRejectedByMajority(item.fails, members));
		const decisive = all.filter((fail) => failed.some(({ item }) => item === fail.item));
		fails.decisive.push(...decisive);
		fails.dissent.push(...all.filter((fail) => !decisive.includes(fail)));
		const grounds = [...new Set(decisive.map((fail) => fail.ground))].sort();
		if (failed.length === 0) result.valid.push(bidder);
		else result.rejected.push({
			bidder,
			items: failed,
			grounds,
			reasons: namelessReasons(decisive)
		});
	}
	return {
		result,
		fails
	};
}
const failsOf = (sheets, bidder, items) => items.flatMap((item) => Object.entries(sheets).flatMap(([member, bids]) => {
	const entry = failOf(own(own(bids, bidder) ?? {}, item));
	return entry === null ? [] : [{
		bidder,
		member,
		item,
		ground: entry.ground,
		reason: entry.reason
	}];
}));
function failOf(value) {
	const read = zReviewEntry.safeParse(value);
	return read.success && !read.data.pass ? read.data : null;
}

const isReview = (step) => step === "review";
function qualify(state, asked, context) {
	if (ruleSetOf(state).qualificationBy !== "purchaser") return refuse("FORBIDDEN", "the committee reviews qualification under this regime");
	const read = zQualification.safeParse(asked.opened["qualification"]);
	if (!read.success) return refuse("E_INPUT", "secrets.qualification: missing");
	const bidders = openedBidders(state).sort();
	if (Object.keys(read.data.bids).sort().join() !== bidders.join()) return refuse("E_INPUT", `secrets.qualification.bids: name exactly ${bidders.join(", ")}`);
	const { grounds } = ruleSetOf(state);
	const bad = Object.entries(read.data.bids).find(([, entry]) => !isGoodEntry(entry, grounds));
	if (bad !== void 0) return refuse("E_REASON_REQUIRED", `secrets.qualification.bids.${bad[0]}: name a ground of 87号令 art. 63`);
	const qualified = bidders.filter((bidder) => read.data.bids[bidder]?.pass === true);
	const passed = qualified.length;
	const counted = countedBidders(state, qualified);
	const events = [{
		type: "review.qualified",
		passed,
		at: context.at
	}];
	if (counted >= ruleSetOf(state).thresholds.bidsMin) return accept(events);
	return accept([...events, failed(context.at, "LT3_QUALIFIED", `${passed} suppliers passed the qualification review${ofBrands(passed, counted)}`)]);
}
function submitSheet(state, asked) {
	const fault = stepFault$1(state, asked, isReview) ?? handInFault(state, {
		step: "review",
		sheets: state.review.sheets
	}, asked);
	if (fault !== null) return fault;
	return accept([{
		type: "review.sheet-submitted",
		member: asked.party,
		manifest: asked.payload.manifest
	}]);
}
function openSheets(state, asked, context) {
	const fault = stepFault$1(state, asked, isReview);
	if (fault !== null) return fault;
	const waiting = state.review.clarifications.find((one) => one.answeredSeq === null && context.at < one.dueAt);
	if (waiting !== void 0) return refuse("E_STEP_BARRIER", `${waiting.bidder} still has time to answer ${waiting.id}`);
	const opening = openSheetsOf(state, state.review.sheets, asked, readBids);
	if (!("verdicts" in opening)) return opening;
	const { verdicts } = opening;
	const sheets = {
		...sheetsOf(state),
		...opening.sheets
	};
	const owed = owing(state, sheets);
	const opened = {
		type: "review.sheets-opened",
		verdicts,
		owed
	};
	return owed.length > 0 ? accept([opened]) : concluded(state, [opened], sheets, context.at);
}
const sheetsOf = (state) => Object.fromEntries(membersOf(state).map((member) => [member, sheetOf(state, state.review.sheets, member)]));
const faultsOf = (state, sheet) => faultyCells(sheet, reviewedBidders(state), reviewItems(state).map((item) => item.id), (_, value) => isGoodEntry(value, ruleSetOf(state).grounds));
const owing = (state, sheets) => Object.entries(sheets).flatMap(([member, sheet]) => faultsOf(state, sheet).length > 0 ? [member] : []);
function correctSheet(state, asked, context) {
	const step = state.review.sheets;
	const fault = stepFault$1(state, asked, isReview) ?? owedFault(state, step, asked.party);
	if (fault !== null) return fault;
	const sheet = sheetOf(state, step, asked.party);
	const change = bidsOf(asked.opened["correction"]);
	if (!coversExactly(change, faultsOf(state, sheet))) return refuse("E_INPUT", "secrets.correction: give exactly the items that were invalid");
	const better = overlay(sheet, change);
	if (faultsOf(state, better).length > 0) return refuse("E_REASON_REQUIRED", "secrets.correction: a fail names a ground of the law and a reason");
	const owed = step.owed.filter((member) => member !== asked.party);
	const event = {
		type: "review.sheet-corrected",
		member: asked.party,
		owed
	};
	if (owed.length > 0) return accept([event]);
	return concluded(state, [event], {
		...sheetsOf(state),
		[asked.party]: better
	}, context.at);
}
function concluded(state, events, sheets, at) {
	const items = reviewItems(state).map((item) => item.id);
	const above = pricesAboveCeiling(state);
	const majority = decideByMajority(sheets, reviewedBidders(state), items);
	const result = withoutPricesAboveCeiling(state, majority.result, above);
	const derived = {
		review: result,
		fails: majority.fails
	};
	const left = result.valid.length;
	const counted = countedBidders(state, result.valid);
	const done = [...events, {
		type: "review.concluded",
		at
	}];
	const { fewBids, thresholds } = ruleSetOf(state);
	if (left === 0) {
		const end = state.setup.regime === "GOV_PROCUREMENT" && above.length === reviewedBidders(state).length ? failed(at, "OVER_BUDGET", "every price is above the ceiling") : failed(at, "ALL_REJECTED", "every bid was rejected");
		return accept([...done, end], derived);
	}
	if (counted >= thresholds.bidsMin) return accept([...done, openStep(stepAfter(state, "review"), at)], derived);
	if (fewBids === "fail") return accept([...done, failed(at, "LT3_RESPONSIVE", `${left} bids are left after the review${ofBrands(left, counted)}`)], derived);
	return accept([...done, openStep("few-bids", at)], derived);
}
const ofBrands = (bids, brands) => bids === brands ? "" : `, of ${brands} brands of the core product`;
const pricesAboveCeiling = (state) => reviewedBidders(state).filter((bidder) => decimal(openingSheetOf(state, bidder)?.price ?? "0").gt(tenderRulesOf(state).ceiling));
function withoutPricesAboveCeiling(state, result, all) {
	const { ceiling } = tenderRulesOf(state);
	const above = result.valid.filter((bidder) => all.includes(bidder));
	const ground = state.setup.regime === "TENDER_LAW" ? "BELOW_COST_OR_ABOVE_CEILING" : "ABOVE_BUDGET";
	const rejected = above.map((bidder) => ({
		bidder,
		items: [],
		grounds: [ground],
		reasons: [{
			item: "",
			ground,
			reason: `> ${ceiling}`
		}]
	}));
	return {
		...result,
		valid: result.valid.filter((bidder) => !above.includes(bidder)),
		rejected: [...result.rejected, ...rejected]
	};
}
function voteCompetition(state, asked, context) {
	const fault = stepFault$1(state, asked, (step) => step === "few-bids") ?? seatFault$1(state, asked.party);
	if (fault !== null) return fault;
	const { votes } = state.review.fewBids;
	if (Object.hasOwn(votes, asked.party)) return refuse("E_ALREADY_DONE", "you have voted");
	const read = zCompetitionVote.safeParse(asked.opened["vote"]);
	if (!read.success) return refuse("E_INPUT", "secrets.vote: missing");
	const voted = {
		type: "review.competition-voted",
		member: asked.party
	};
	const members = membersOf(state);
	const others = Object.entries(votes).map(([, seq]) => zCompetitionVote.safeParse(disclosed(state, seq, "x:vote")));
	if (others.length + 1 < members.length) return accept([voted]);
	const against = [read, ...others].filter((vote) => vote.success && !vote.data.competitive).length;
	const outcome = isRejectedByMajority(against, members.length) ? "REJECT_ALL" : "CONTINUE";
	const decided = {
		type: "review.competition-decided",
		outcome
	};
	if (outcome === "CONTINUE") return accept([
		voted,
		decided,
		openStep(stepAfter(state, "review"), context.at)
	]);
	const left = validBidders(state).length;
	return accept([
		voted,
		decided,
		failed(context.at, "LT3_RESPONSIVE", `the committee found no competition among ${left} bids`)
	]);
}
function askClarification(state, asked, context) {
	const fault = stepFault$1(state, asked, (step) => step !== "few-bids") ?? seatFault$1(state, asked.party);
	if (fault !== null) return fault;
	const { clarification, bidder, dueAt } = asked.payload;
	if (state.committee.chair !== asked.party) return refuse("FORBIDDEN", "the chair asks for the committee");
	if (!reviewedBidders(state).includes(bidder)) return refuse("E_INPUT", `bidder: ${bidder} has no bid under review`);
	if (state.review.clarifications.some((one) => one.id === clarification)) return refuse("E_ALREADY_DONE", "this question was asked");
	if (dueAt <= context.at) return refuse("E_INPUT", "dueAt: lies in the past");
	return accept([{
		type: "review.clarification-asked",
		id: clarification,
		bidder,
		dueAt
	}]);
}
function answerClarification(state, asked, context) {
	const question = state.review.clarifications.find((one) => one.id === asked.payload.clarification);
	if (question?.bidder !== asked.party) return refuse("FORBIDDEN", "you were not asked this");
	if (question.answeredSeq !== null) return refuse("E_ALREADY_DONE", "this question is answered");
	if (context.at >= question.dueAt) return refuse("E_DEADLINE_PASSED", `the answer was due at ${question.dueAt}`);
	return accept([{
		type: "review.clarification-answered",
		id: question.id
	}]);
}
const AFTERWARDS = ["committee.step-opened", "lot.failed"];
const CONCLUSION = ["review.concluded", ...AFTERWARDS];
const qualification = { "review.qualify": command({
	schema: zNothing,
	secrets: { qualification: zQualification },
	roles: ["tenderer", "agency"],
	states: ["OPENED"],
	assurance: "certificate",
	decide: qualify,
	makes: ["review.qualified", "lot.failed"],
	audience: { "x:qualification": seesQualification }
}) };
const sheets$1 = {
	"review.submit-sheet": command({
		schema: zSubmitSheet,
		secrets: { ciphertext: zCiphertext },
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "session",
		decide: submitSheet,
		audience: { "x:ciphertext": seesCiphertext }
	}),
	"review.open-sheets": command({
		schema: zNothing,
		secrets: {
			masters: zMasters,
			"sheet:*": zAnything
		},
		roles: ["node"],
		states: ["EVALUATING"],
		assurance: "node",
		decide: openSheets,
		makes: ["review.sheets-opened", ...CONCLUSION],
		audience: {
			"x:masters": seesCiphertext,
			"x:sheet:*": seesReviewSheet,
			"d:review": seesFindings$1,
			"d:fails": seesReviewSheet
		}
	}),
	"review.correct-sheet": command({
		schema: zCorrectSheet,
		secrets: { correction: zSheet },
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "certificate",
		decide: correctSheet,
		makes: ["review.sheet-corrected", ...CONCLUSION],
		audience: {
			"x:correction": seesReviewSheet,
			"d:review": seesFindings$1,
			"d:fails": seesReviewSheet
		}
	}),
	"review.vote-competition": command({
		schema: zNothing,
		secrets: { vote: zCompetitionVote },
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "certificate",
		decide: voteCompetition,
		makes: [
			"review.competition-voted",
			"review.competition-decided",
			...AFTERWARDS
		],
		audience: { "x:vote": seesReviewSheet }
	})
};
const clarifications = {
	"review.ask-clarification": command({
		schema: zAskClarification,
		secrets: { question: zClarificationText },
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "certificate",
		decide: askClarification,
		audience: { "x:question": seesClarification }
	}),
	"review.answer-clarification": command({
		schema: zAnswerClarification,
		secrets: { answer: zClarificationText },
		roles: ["bidder"],
		states: ["EVALUATING"],
		assurance: "certificate",
		decide: answerClarification,
		audience: { "x:answer": seesClarification }
	})
};
const reviewCommands = {
	...qualification,
	...sheets$1,
	...clarifications
};

const reviewSlice = {
	name: "review",
	initial: { review: initialReview },
	commands: reviewCommands,
	events: reviewEvents,
	follows: reviewFollows,
	duties: reviewDuties,
	limits: reviewLimits,
	purposes: reviewPurposes
};

const COMMANDS$1 = {
	submit: "scoring.submit-sheet",
	correct: "scoring.correct-item",
	open: "scoring.open-sheets"
};
function scoringDuties(state, party) {
	const { status, committee } = state;
	const part = partOfStep(committee.step);
	if (part !== null) return sheetDuties(state, party, {
		step: scoresStep(part),
		sheets: state.scoring.parts[part],
		...COMMANDS$1
	});
	return status === "EVALUATING" && committee.step === "aggregate" && party === "node:main" ? [duty("scoring.aggregate")] : [];
}
const scoringPurposes = (state) => SCORE_PARTS.map((part) => {
	const isPlanned = state.setup.rules?.items.some((item) => item.part === part) === true;
	return sheetPurpose(state, scoresStep(part), state.scoring.parts[part], isPlanned);
});

function aggregationInput(state, rules, ruleSet, at) {
	const valid = validBidders(state);
	if (valid.length === 0) return refuse("WRONG_STATE", "no bid is left to rank");
	const expired = valid.flatMap((party) => {
		const expiry = expiryOf(state, party, at);
		return expiry === null ? [] : [{
			party,
			until: expiry.at
		}];
	});
	if (expired.length === valid.length) return refuse("E_BID_EXPIRED", "the validity of every bid that is left has ended without a later end (award.extend-validity): the authority ends the lot (lot.fail), and it is tendered anew");
	const bids = [];
	for (const party of valid) {
		const sheet = openingSheetOf(state, party);
		if (sheet === null) return refuse("WRONG_STATE", `the opening sheet of ${party} is not on the record`);
		bids.push({
			party,
			price: sheet.price,
			...claimsOf(sheet),
			brand: brandOf(state, party)
		});
	}
	const k = state.opening.coefficient.value;
	if (drawnValues(state) !== null && k === null) return refuse("WRONG_STATE", "coefficient K was not drawn at the opening");
	const drawPlace = drawPlaceOf(state);
	if (drawPlace === null) return refuse("WRONG_STATE", "the lot has drawn no seed");
	return {
		rules,
		ties: ruleSet.ties,
		k,
		bids: bids.filter(({ party }) => !expired.some((one) => one.party === party)),
		expired,
		reviewed: bids.map(({ party, price, domestic }) => ({
			party,
			price,
			domestic
		})),
		members: membersOf(state),
		scores: scoresByMember(state),
		drawPlace
	};
}
function scoresByMember(state) {
	const byMember = {};
	for (const member of membersOf(state)) {
		const bids = {};
		for (const part of SCORE_PARTS) for (const [bidder, values] of Object.entries(scoresOf(state, state.scoring.parts[part], member))) bids[bidder] = {
			...bids[bidder],
			...values
		};
		byMember[member] = bids;
	}
	return byMember;
}

const seesScoreSheet = (viewer, state, entry, part) => viewer.party === "node:main" || state.scoring.aggregated !== null && seesReviewSheet(viewer, state, entry, part) || viewer.party !== null && (viewer.party === entry.party || part === `x:${sheetPart(viewer.party)}`);
const seesDues = isInsider;
const seesResult = (viewer, state, entry, part) => seesReviewSheet(viewer, state, entry, part) || isResultPublic(state);

const AGGREGATED = [
	"REPORT_SIGNING",
	"EVALUATED",
	"REPORT_REVIEW",
	"CANDIDATE_PUBLICITY",
	"AWARDING"
];
const keyOf = ({ part, member, bidder, item }) => `${part}/${member}/${bidder}/${item}`;
const cellsOf = (state, seq) => zReopening.safeParse(disclosed(state, seq, "d:reopening")).data?.cells ?? [];
function reopenedCells(state, part, member) {
	const last = state.scoring.reopenings.at(-1);
	if (last === void 0 || state.scoring.reopened[part]?.includes(member) !== true) return [];
	return cellsOf(state, last).filter((cell) => cell.part === part && cell.member === member);
}
function differences(state) {
	return unseen(state, SCORE_PARTS.flatMap((part) => bareDues(state, part).mismatches.flatMap(({ bidder, item, owing }) => owing.map((member) => ({
		part,
		member,
		bidder,
		item
	})))));
}
function outlierCells(state, { part, member, bidder }) {
	const isMarked = bareDues(state, part).outliers.some((one) => one.member === member && one.bidder === bidder);
	const items = itemsOfPart(state, part).filter(({ objective }) => !objective);
	return isMarked ? unseen(state, items.map(({ id }) => ({
		part,
		member,
		bidder,
		item: id
	}))) : [];
}
function unseen(state, cells) {
	const seen = new Set(state.scoring.reopenings.flatMap((seq) => cellsOf(state, seq).map(keyOf)));
	return cells.filter((cell) => !seen.has(keyOf(cell)));
}
function reopening(ground, by, cells, reason, at) {
	const owing = Object.fromEntries(SCORE_PARTS.flatMap((part) => {
		const members = [...new Set(cells.filter((cell) => cell.part === part).map(({ member }) => member))].sort();
		return members.length === 0 ? [] : [[part, members]];
	}));
	const events = [{
		type: "lot.re-evaluation-started",
		at,
		ground,
		reason,
		committee: "cells"
	}, {
		type: "scoring.cells-reopened",
		at,
		owing
	}];
	const derived = { reopening: {
		v: 1,
		ground,
		by: [...by],
		cells: cells.map((cell) => ({ ...cell }))
	} };
	return accept(events, derived);
}
const isTooLate = ({ award }) => award.announced !== null || Object.keys(award.passedOver).length > 0;
const TOO_LATE = refuse("WRONG_STATE", "the result was announced: its scores stand");
function reopen(state, { payload: { reason } }, { at }) {
	if (isTooLate(state)) return TOO_LATE;
	const cells = differences(state);
	if (cells.length === 0) return refuse("E_INPUT", "no objective item stands differently in the sheets, or it was judged again before");
	return reopening("OBJECTIVE_DIFFERENCE", [], cells, reason, at);
}
function recogniseOutlier(state, asked, { at }) {
	const read = zOutlierVote.safeParse(asked.opened["outlier"]);
	if (!read.success) return refuse("E_INPUT", "secrets.outlier: missing");
	if (!isMember(state, asked.party)) return refuse("FORBIDDEN", "you are not a member of the committee");
	if (isTooLate(state)) return TOO_LATE;
	const { reason, ...named } = read.data;
	const cells = outlierCells(state, named);
	if (cells.length === 0) return refuse("E_INPUT", `secrets.outlier: the rules mark no outlier of ${named.member} for ${named.bidder}, or it was judged again before`);
	const voters = votersFor(state, named);
	if (voters.includes(asked.party)) return refuse("E_ALREADY_DONE", "you have recognised this outlier");
	const by = [...voters, asked.party].sort();
	const voted = {
		type: "scoring.outlier-voted",
		member: asked.party
	};
	if (by.length * 2 <= membersOf(state).length) return accept([voted]);
	const { events, derived } = reopening("OUTLIER", by, cells, reason, at);
	return accept([voted, ...events], derived);
}
function votersFor(state, { part, member, bidder }) {
	return state.scoring.outlierVotes.flatMap((seq) => {
		const vote = zOutlierVote.safeParse(disclosed(state, seq, "x:outlier")).data;
		const voter = state.secretEntries[seq]?.party ?? null;
		return vote?.part === part && vote.member === member && vote.bidder === bidder && voter !== null && isMember(state, voter) ? [voter] : [];
	});
}
const REOPENING = ["lot.re-evaluation-started", "scoring.cells-reopened"];
const reopeningCommands = {
	"scoring.reopen": command({
		schema: zReopen,
		roles: [
			"tenderer",
			"agency",
			"supervisor"
		],
		states: AGGREGATED,
		assurance: "certificate",
		decide: reopen,
		makes: REOPENING,
		audience: { "d:reopening": seesDues }
	}),
	"scoring.recognise-outlier": command({
		schema: zNothing,
		secrets: { outlier: zOutlierVote },
		roles: ["expert", "tenderer-representative"],
		states: AGGREGATED,
		assurance: "certificate",
		decide: recogniseOutlier,
		makes: ["scoring.outlier-voted", ...REOPENING],
		audience: {
			"x:outlier": seesDues,
			"d:reopening": seesDues
		}
	})
};

function partOf(state, asked) {
	return stepFault$1(state, asked, (step) => partOfStep(step) !== null) ?? partOfStep(state.committee.step) ?? refuse("WRONG_STEP", "no scoring step is open");
}
function submitScores(state, asked) {
	const part = partOf(state, asked);
	if (typeof part !== "string") return part;
	const fault = handInFault(state, {
		step: scoresStep(part),
		sheets: state.scoring.parts[part]
	}, asked);
	if (fault !== null) return fault;
	return accept([{
		type: "scoring.sheet-submitted",
		part,
		member: asked.party,
		manifest: asked.payload.manifest
	}]);
}
function openScores(state, asked, context) {
	const part = partOf(state, asked);
	if (typeof part !== "string") return part;
	const opening = openSheetsOf(state, state.scoring.parts[part], asked, readScores);
	if (!("verdicts" in opening)) return opening;
	const { verdicts } = opening;
	return settled(state, part, { sheets: {
		...sheetsOfPart(state, part),
		...opening.sheets
	} }, (owed) => ({
		type: "scoring.sheets-opened",
		part,
		verdicts,
		owed
	}), context.at);
}
function settled(state, part, act, event, at) {
	const dues = partDues(state, part, act);
	const reopened = (state.scoring.reopened[part] ?? []).filter((member) => member !== act.judgedAgain);
	const owed = [.../* @__PURE__ */ new Set([...owingMembers(dues), ...reopened])].sort();
	const derived = { dues };
	if (owed.length > 0) return accept([event(owed)], derived);
	return accept([
		event(owed),
		{
			type: "scoring.part-closed",
			part,
			at
		},
		openStep(nextStep(state, part), at)
	], derived);
}
function nextStep(state, part) {
	const step = stepAfter(state, scoresStep(part));
	const next = partOfStep(step);
	return next !== null && state.scoring.parts[next].closedAt !== null ? nextStep(state, next) : step;
}
function correctScores(state, asked, context) {
	const part = partOf(state, asked);
	if (typeof part !== "string") return part;
	const fault = asked.payload.ground === "OBJECTIVE_MISMATCH" ? seatFault$1(state, asked.party) : owedFault(state, state.scoring.parts[part], asked.party);
	if (fault !== null) return fault;
	const change = scoresIn(asked.opened["correction"]);
	const refused = changeFault(state, part, asked.party, asked.payload.ground, change);
	if (refused !== null) return refused;
	const before = sheetsOfPart(state, part);
	const sheets = {
		...before,
		[asked.party]: overlay(own(before, asked.party) ?? {}, change)
	};
	const { ground } = asked.payload;
	return settled(state, part, ground === "RE_EVALUATION" ? {
		sheets,
		judgedAgain: asked.party
	} : { sheets }, (owed) => ({
		type: "scoring.item-corrected",
		part,
		member: asked.party,
		ground,
		owed
	}), context.at);
}
function changeFault(state, part, member, ground, change) {
	const items = itemsOfPart(state, part);
	const again = ground === "RE_EVALUATION" ? reopenedCells(state, part, member).map(({ bidder, item }) => `${bidder}/${item}`) : null;
	const open = again === null ? openCells(partDues(state, part), member, ground, items.filter((item) => !item.objective).map((item) => item.id)) : new Set(again);
	const cells = Object.entries(change).flatMap(([bidder, values]) => Object.entries(values).map(([item, value]) => ({
		bidder,
		item,
		value
	})));
	if (cells.length === 0) return refuse("E_INPUT", "secrets.correction.bids: changes nothing");
	for (const { bidder, item, value } of cells) {
		if (!open.has(`${bidder}/${item}`)) return refuse("E_ALREADY_LOCKED", `${bidder}, ${item}: ${ground} gives no ground to change this`);
		const spec = items.find((one) => one.id === item);
		if (!isGoodValue(spec, value)) return refuse("E_SCORE_RANGE", `${bidder}, ${item}: give ${spec?.min ?? ""} to ${spec?.max ?? ""} in steps of ${spec?.step ?? ""}`);
	}
	if (again !== null && cells.length !== again.length) return refuse("E_INPUT", `secrets.correction.bids: judge each of these again: ${again.join(", ")}`);
	return null;
}
function openCells(dues, member, ground, subjective) {
	switch (ground) {
		case "OBJECTIVE_MISMATCH": return new Set(dues.mismatches.filter((one) => Object.hasOwn(one.values, member)).map((one) => `${one.bidder}/${one.item}`));
		case "OUTLIER": return new Set(dues.outliers.filter((one) => one.member === member).flatMap((one) => subjective.map((item) => `${one.bidder}/${item}`)));
		default: return new Set(dues.invalid.filter((one) => one.member === member).map((one) => `${one.bidder}/${one.item}`));
	}
}
function confirmItem(state, asked, context) {
	const part = partOf(state, asked);
	if (typeof part !== "string") return part;
	const fault = owedFault(state, state.scoring.parts[part], asked.party);
	if (fault !== null) return fault;
	const read = zConfirmation.safeParse(asked.opened["confirmation"]);
	if (!read.success) return refuse("E_INPUT", "secrets.confirmation: missing");
	const { bidder, item } = read.data;
	if (partDues(state, part).mismatches.find((one) => one.bidder === bidder && one.item === item)?.owing.includes(asked.party) !== true) return refuse("E_INPUT", `secrets.confirmation: nothing is asked of you about ${bidder}, ${item}`);
	const event = (owed) => ({
		type: "scoring.item-confirmed",
		part,
		member: asked.party,
		owed
	});
	return settled(state, part, { confirmed: `${asked.party}/${bidder}/${item}` }, event, context.at);
}
function explainOutlier(state, asked, context) {
	const part = partOf(state, asked);
	if (typeof part !== "string") return part;
	const fault = owedFault(state, state.scoring.parts[part], asked.party);
	if (fault !== null) return fault;
	const read = zExplanation.safeParse(asked.opened["explanation"]);
	if (!read.success) return refuse("E_INPUT", "secrets.explanation: missing");
	const { bidder } = read.data;
	if (!partDues(state, part).outliers.some((one) => one.member === asked.party && one.bidder === bidder)) return refuse("E_INPUT", `secrets.explanation: nothing is asked of you about ${bidder}`);
	const event = (owed) => ({
		type: "scoring.outlier-explained",
		part,
		member: asked.party,
		owed
	});
	return settled(state, part, { explained: `${asked.party}/${bidder}` }, event, context.at);
}
function aggregateScores(state, asked, context) {
	const fault = openPartFault(state) ?? stepFault$1(state, asked, (step) => step === "aggregate");
	if (fault !== null) return fault;
	const input = aggregationInput(state, tenderRulesOf(state), ruleSetOf(state), context.at);
	if (!("members" in input)) return input;
	const found = aggregate(input);
	if (!("result" in found)) return found;
	return accept([{
		type: "scoring.aggregated",
		at: context.at
	}], {
		result: found.result,
		"member-scores": found.memberScores
	});
}
function openPartFault(state) {
	const part = partOfStep(state.committee.step);
	if (part === null || state.scoring.parts[part].owed.length === 0) return null;
	const [mismatch] = partDues(state, part).mismatches;
	if (mismatch !== void 0) return refuse("E_OBJECTIVE_MISMATCH", `${mismatch.bidder}, ${mismatch.item}: members differ on an objective item`);
	return refuse("E_STEP_BARRIER", `${state.scoring.parts[part].owed.join(", ")} owe a correction or a reason`);
}
const CLOSING = ["scoring.part-closed", "committee.step-opened"];
const sheets = {
	"scoring.submit-sheet": command({
		schema: zSubmitSheet,
		secrets: { ciphertext: zCiphertext },
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "session",
		decide: submitScores,
		audience: { "x:ciphertext": seesCiphertext }
	}),
	"scoring.open-sheets": command({
		schema: zNothing,
		secrets: {
			masters: zMasters,
			"sheet:*": zAnything
		},
		roles: ["node"],
		states: ["EVALUATING"],
		assurance: "node",
		decide: openScores,
		makes: ["scoring.sheets-opened", ...CLOSING],
		audience: {
			"x:masters": seesCiphertext,
			"x:sheet:*": seesScoreSheet,
			"d:dues": seesDues
		}
	}),
	"scoring.aggregate": command({
		schema: zNothing,
		roles: ["node"],
		states: ["EVALUATING"],
		assurance: "node",
		decide: aggregateScores,
		makes: ["scoring.aggregated"],
		audience: {
			"d:result": seesResult,
			"d:member-scores": seesReviewSheet
		}
	})
};
const settlement = {
	"scoring.correct-item": command({
		schema: zCorrectScores,
		secrets: { correction: zScoreSheet },
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "certificate",
		decide: correctScores,
		makes: ["scoring.item-corrected", ...CLOSING],
		audience: {
			"x:correction": seesScoreSheet,
			"d:dues": seesDues
		}
	}),
	"scoring.confirm-item": command({
		schema: zNothing,
		secrets: { confirmation: zConfirmation },
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "certificate",
		decide: confirmItem,
		makes: ["scoring.item-confirmed", ...CLOSING],
		audience: {
			"x:confirmation": seesDues,
			"d:dues": seesDues
		}
	}),
	"scoring.explain-outlier": command({
		schema: zNothing,
		secrets: { explanation: zExplanation },
		roles: MEMBER_ROLES,
		states: ["EVALUATING"],
		assurance: "certificate",
		decide: explainOutlier,
		makes: ["scoring.outlier-explained", ...CLOSING],
		audience: {
			"x:explanation": seesDues,
			"d:dues": seesDues
		}
	})
};
const scoringCommands = {
	...sheets,
	...settlement,
	...reopeningCommands
};

const scoringSlice = {
	name: "scoring",
	initial: { scoring: initialScoring },
	commands: scoringCommands,
	events: scoringEvents,
	follows: scoringFollows,
	duties: scoringDuties,
	purposes: scoringPurposes
};

function securityDuties(state, party) {
	const isAgency = hasRole(state, party, "agency");
	if (state.status === "OPENING") return isAgency && isListPublished(state) && unrecordedSecurities(state).length > 0 ? [duty("security.record")] : [];
	const due = dueReturns(state);
	const isDisputed = ({ bidder }) => withholdingGroundOf(state, bidder) !== null;
	return [...isAgency ? earliest("security.return", due.filter((one) => !isDisputed(one))) : [], ...hasRole(state, party, "tenderer") ? earliest("security.withhold", due.filter(isDisputed)) : []];
}
function earliest(command, due) {
	const days = due.flatMap(({ until }) => until ?? []).sort();
	return due.length === 0 ? [] : [duty(command, "", null, days[0] ?? null)];
}
function securityLimits(state) {
	const byDay = /* @__PURE__ */ new Map();
	for (const { bidder, until } of dueReturns(state)) if (until !== null) byDay.set(until, [...byDay.get(until) ?? [], bidder]);
	const owners = [...partiesWith(state, "tenderer"), ...partiesWith(state, "agency")];
	return [...byDay].map(([at, bidders]) => ({
		name: "security-return",
		at,
		parties: [...bidders, ...owners]
	}));
}

const numberAudience = (viewer, _state, { events }) => {
	if (viewer.party === null) return false;
	if (isOwner(viewer) || viewer.roles.includes("supervisor") || viewer.party === "node:main") return true;
	return events.some(({ type, bidder }) => type === "security.recorded" && bidder === viewer.party);
};

function record(state, { party, payload, secrets }, { at }) {
	const { bidder, received } = payload;
	if (securityAsked(state) === null) return refuse("WRONG_STATE", "the tender document asks for no bid security");
	const fault = recordFault(state, bidder);
	if (fault !== null) return refuse("WRONG_STEP", fault);
	if (bidOf(state, bidder) === void 0) return refuse("NOT_FOUND", `${bidder} is not on the list`);
	const isNumbered = own(secrets, "number") !== void 0;
	if (isNumbered !== (received !== null)) return refuse("E_INPUT", `secrets.number: ${isNumbered ? "nothing was received" : "the number of the payment or guarantee is missing"}`);
	if (received !== null && received.receivedAt > at) return refuse("E_INPUT", "received.receivedAt: lies in the future");
	return accept([{
		type: "security.recorded",
		at,
		by: party,
		bidder,
		received
	}]);
}
function held(state, bidder) {
	const received = own(state.security.recorded, bidder)?.received ?? null;
	if (received === null) return refuse("NOT_FOUND", `no security of ${bidder} was received`);
	return own(state.security.settled, bidder) === void 0 ? {
		ok: true,
		received
	} : refuse("E_ALREADY_DONE", "it is settled");
}
function giveBack(state, { party, payload }, { at }) {
	const { bidder, interest, returnedAt } = payload;
	const found = held(state, bidder);
	if (!("received" in found)) return found;
	const { form, amount } = found.received;
	const due = returnOf(state, bidder);
	if (due === null) return refuse("E_TOO_EARLY", "a security secures the bid until the award, and that of the winner until the contract");
	if (form !== "TRANSFER" && !decimal(interest).isZero()) return refuse("E_INPUT", "interest: a guarantee bears none");
	if (returnedAt > at) return refuse("E_INPUT", "returnedAt: lies in the future");
	const { at: recordedAt = "" } = own(state.security.recorded, bidder) ?? {};
	if (returnedAt < recordedAt) return refuse("E_INPUT", "returnedAt: lies before the record of what was received");
	if (!mayGiveBack(state, party, bidder)) return refuse("FORBIDDEN", "the tenderer decides whether a security goes back that may be kept");
	const late = due.until !== null && returnedAt > due.until;
	return accept([{
		type: "security.returned",
		at,
		by: party,
		bidder,
		amount,
		interest,
		returnedAt,
		late
	}]);
}
function withhold(state, { party, payload: { bidder } }, { at }) {
	const found = held(state, bidder);
	if (!("received" in found)) return found;
	const ground = withholdingGroundOf(state, bidder);
	if (ground === null) return refuse("E_NO_EVIDENCE", "nothing on the record lets the tenderer keep it: the bid stands revoked in no entry");
	return accept([{
		type: "security.withheld",
		at,
		by: party,
		bidder,
		ground
	}]);
}
const securityCommands = {
	"security.record": command({
		schema: zRecordSecurity,
		secrets: { number: zSecurityNumber.optional() },
		roles: ["agency"],
		states: ["OPENING", "LOT_FAILED"],
		assurance: "session",
		decide: record,
		makes: ["security.recorded"],
		audience: { "x:number": numberAudience }
	}),
	"security.return": command({
		schema: zReturnSecurity,
		roles: ["agency", "tenderer"],
		states: [
			"AWARDED",
			"CONTRACTED",
			"LOT_FAILED"
		],
		assurance: "certificate",
		decide: giveBack
	}),
	"security.withhold": command({
		schema: zWithholdSecurity,
		roles: ["tenderer"],
		states: [
			"AWARDING",
			"AWARDED",
			"CONTRACTED",
			"LOT_FAILED"
		],
		assurance: "certificate",
		decide: withhold
	})
};

const securitySlice = {
	name: "security",
	initial: { security: initialSecurity },
	commands: securityCommands,
	events: securityEvents,
	duties: securityDuties,
	limits: securityLimits
};

const ALL = [
	lotSlice,
	keepersSlice,
	biddingSlice,
	securitySlice,
	openingSlice,
	drawSlice,
	committeeSlice,
	reviewSlice,
	scoringSlice,
	reportSlice,
	awardSlice
];
const SLICES = ALL;
const INITIAL = Object.assign({}, ...ALL.map(({ initial }) => initial));
const ROOF = { purposes: (state) => SLICES.flatMap((slice) => slice.purposes?.(state) ?? []) };

const ACTED = "entry.acted";
const zSkeleton = object$1({ events: array(custom((value) => typeof value === "object" && value !== null && "type" in value && typeof value.type === "string")) });
const EVENTS = new Map(SLICES.flatMap((slice) => Object.entries(slice.events)));
const FOLLOWERS = followers();
const eventRule = (type) => EVENTS.get(type);
function evolve(state, entry) {
	const header = zEntryHeader.safeParse(entry.header);
	if (!header.success) return {
		...withFault(state, "header off its schema"),
		size: state.size + 1
	};
	const { seq, at } = header.data;
	if (seq !== state.size) return withFault(state, `entry ${seq} where ${state.size} was due`);
	const skeleton = own(entry.parts, PART.skeleton);
	if (skeleton === void 0) return {
		...state,
		size: seq + 1
	};
	const read = zSkeleton.safeParse(skeleton);
	if (!read.success) return {
		...withFault(state, "skeleton off its schema"),
		size: seq + 1
	};
	const { party, events } = actorOf(read.data.events);
	let next = withSecrets(state, entry, {
		header: header.data,
		events,
		party
	});
	if (party === null) next = withFault(next, "nobody acted");
	for (const event of events) next = apply(next, event, entry);
	return {
		...next,
		size: seq + 1,
		at
	};
}
function actorOf(all) {
	const [first, ...events] = all;
	if (first?.type !== "entry.acted" || typeof first["party"] !== "string") return {
		party: null,
		events: all
	};
	return {
		party: first["party"],
		events
	};
}
function apply(state, event, entry) {
	const name = event.type.slice(0, 80);
	const rule = EVENTS.get(event.type);
	if (rule === void 0) return withFault(state, `unknown event ${name}`);
	try {
		const folded = rule.evolve(state, event, entry);
		if (folded === null) return withFault(state, `event ${name} off its schema`);
		if (folded.faults.length > state.faults.length) return folded;
		return (FOLLOWERS.get(event.type) ?? []).reduce((next, follower) => follower.evolve(next, event, entry) ?? next, folded);
	} catch (error) {
		return withFault(state, `event ${name} can not be folded: ${error instanceof Error ? error.message : "unknown"}`);
	}
}
function followers() {
	const found = /* @__PURE__ */ new Map();
	for (const slice of SLICES) for (const [type, rule] of Object.entries(slice.follows ?? {})) found.set(type, [...found.get(type) ?? [], rule]);
	return found;
}
function withSecrets(state, entry, secret) {
	const names = Object.keys(secret.header.parts).filter(isSecretPart);
	if (names.length === 0) return state;
	const disclosed = { ...state.disclosed };
	for (const name of names) {
		const value = own(entry.parts, name);
		if (value !== void 0) disclosed[partKey(secret.header.seq, name)] = value;
	}
	return {
		...state,
		disclosed,
		secretEntries: {
			...state.secretEntries,
			[secret.header.seq]: secret
		}
	};
}

const COMMANDS = new Map(SLICES.flatMap((slice) => Object.entries(slice.commands)));
const commandRule = (type) => COMMANDS.get(type);
function mayMake(type) {
	const makes = COMMANDS.get(type)?.makes;
	return makes === void 0 ? null : [ACTED, ...makes];
}
const zSubmitted = object$1({
	command: zCommand,
	openings: record$2(string(), zOpening)
});
function decide(state, submitted, context) {
	const read = zSubmitted.safeParse(submitted);
	if (!read.success) return refuse("MALFORMED", firstIssue(read.error));
	const ctx = zContext.safeParse(context);
	if (!ctx.success) return refuse("MALFORMED", `context ${firstIssue(ctx.error)}`);
	const { command, openings } = read.data;
	const rule = COMMANDS.get(command.type);
	if (rule === void 0) return refuse("UNKNOWN_TYPE", `there is no command ${command.type}`);
	const door = atTheDoor(state, rule, command, ctx.data);
	if (door !== null) return door;
	const opened = openSecrets(state, rule, command, openings, submitted.isJudged === true);
	if (!opened.ok) return opened;
	const asked = {
		id: command.id,
		type: command.type,
		step: command.step,
		payload: command.public,
		party: command.actor.party,
		key: command.actor.key ?? null,
		roles: own(state.parties, command.actor.party)?.roles ?? [],
		secrets: command.secrets,
		opened: guarded(opened.values, opened.unseen),
		unseen: opened.unseen
	};
	try {
		const decision = rule.decide(state, asked, ctx.data, ROOF);
		return decision.ok ? framed(command, rule, decision) : decision;
	} catch (error) {
		if (error instanceof Unseen) return refuse("NOT_VISIBLE", error.message);
		throw error;
	}
}
function atTheDoor(state, rule, command, context) {
	if (command.origin !== state.origin || command.lot !== state.lot || command.round !== state.round) return refuse("WRONG_LOG", `this is the log ${state.origin}`);
	if (context.actor.party !== command.actor.party) return refuse("BAD_SIGNATURE", "the signer is not the party that the command names");
	if (state.size > 0) {
		const party = own(state.parties, command.actor.party);
		if (party === void 0) return refuse("NO_PART", `${command.actor.party} has no part in this lot`);
		if (!rule.roles.some((role) => party.roles.includes(role))) return refuse("FORBIDDEN", `only ${rule.roles.join(", ")} may do this`);
	} else if (rule.founds !== true) return refuse("WRONG_STATE", "the lot has not been created");
	if (!rule.states.includes(state.status)) return refuse("WRONG_STATE", `the lot is ${state.status}; this needs ${rule.states.join(", ")}`);
	if (rule.assurance === "certificate" && context.actor.assurance !== "certificate") return refuse("ASSURANCE", "this is a legal act: the certificate itself must sign it");
	if (rule.assurance === "node" && context.actor.assurance !== "node") return refuse("ASSURANCE", "only a node does this");
	return lotKeyFault(state, command.actor, rule.bindsKey === true);
}
function openSecrets(state, rule, command, openings, mayLack) {
	const values = {};
	const unseen = /* @__PURE__ */ new Set();
	for (const name of Object.keys(openings)) if (!Object.hasOwn(command.secrets, name)) return refuse("OPENING_MISMATCH", `the command commits to no secret ${name}`);
	for (const [name, commitment] of Object.entries(command.secrets)) {
		const schema = secretSchema(rule, name);
		if (schema === void 0) return refuse("E_INPUT", `secrets.${name}: not a secret of ${command.type}`);
		const opening = own(openings, name);
		if (opening === void 0) {
			if (!mayLack) return refuse("OPENING_MISMATCH", `the secret ${name} is not opened`);
			unseen.add(name);
			continue;
		}
		const value = readOpening(state, opening, commitment);
		if (value === void 0) return refuse("OPENING_MISMATCH", `the secret ${name} does not fit its commitment`);
		const read = schema.safeParse(value);
		if (!read.success) return refuse("E_INPUT", `secrets.${name}.${firstIssue(read.error)}`);
		values[name] = value;
	}
	for (const [name, schema] of Object.entries(rule.secrets ?? {})) {
		if (name.endsWith("*") || Object.hasOwn(command.secrets, name) || schema.safeParse(void 0).success) continue;
		return refuse("E_INPUT", `secrets.${name}: missing`);
	}
	return {
		ok: true,
		values,
		unseen
	};
}
function readOpening(state, opening, commitment) {
	try {
		return commitmentOf(state, opening) === commitment ? parseCanonical(opening.text) : void 0;
	} catch {
		return;
	}
}
function secretSchema(rule, name) {
	const schemas = rule.secrets ?? {};
	const exact = own(schemas, name);
	if (exact !== void 0) return exact;
	const prefix = Object.keys(schemas).find((key) => key.endsWith("*") && name.startsWith(key.slice(0, -1)));
	return prefix === void 0 ? void 0 : own(schemas, prefix);
}
function framed(command, { makes }, decision) {
	for (const event of decision.events) {
		const rule = eventRule(event.type);
		const isMade = makes?.includes(event.type) ?? true;
		const fault = rule === void 0 || !isMade ? "no event that it may make" : rule.fault(event);
		if (fault !== null) return refuse("INTERNAL", `${command.type} made ${event.type}: ${fault}`);
	}
	const acted = {
		type: ACTED,
		party: command.actor.party
	};
	return {
		...decision,
		events: [acted, ...decision.events]
	};
}

const initialLotState = (origin, lot, round) => ({
	origin,
	lot,
	round,
	size: 0,
	at: null,
	status: "DRAFT",
	previous: null,
	parties: {},
	...INITIAL,
	secretEntries: {},
	disclosed: {},
	faults: []
});

function lotViewer(viewer, state) {
	const facts = viewer.party === null || isOnlyCalled(state, viewer.party) ? void 0 : own(state.parties, viewer.party);
	return facts === void 0 ? {
		party: null,
		roles: []
	} : {
		party: viewer.party,
		roles: facts.roles
	};
}
function audience(viewer, state, entry, part) {
	const who = lotViewer(viewer, state);
	if (who.party === null && !state.setup.isPublic) return false;
	if (part === PART.skeleton || part === PART.command || part === PART.sig) return true;
	const special = specialAudience(entry.header, part);
	if (special !== void 0) return special(who, state, entry, part);
	return part === PART.who ? seesWho(who, state, entry, part) : seesSecret(who, entry);
}
function specialAudience(header, part) {
	const audiences = commandRule(header.type)?.audience;
	if (audiences === void 0) return void 0;
	const exact = own(audiences, part);
	if (exact !== void 0) return exact;
	const prefix = Object.keys(audiences).find((key) => key.endsWith("*") && part.startsWith(key.slice(0, -1)));
	return prefix === void 0 ? void 0 : own(audiences, prefix);
}
const seesWho = (viewer, state, entry) => {
	if (entry.party === null) return false;
	const signer = own(state.parties, entry.party);
	if (signer?.roles.includes("node") === true) return true;
	if (viewer.party === null) return entry.header.type === "sealing.publish-key" && isOpeningTrustee(state, entry.party);
	if (viewer.party === entry.party || viewer.party === "node:main" || viewer.roles.includes("supervisor")) return true;
	if (viewer.roles.includes("node") && signer?.venue !== null && own(state.parties, viewer.party)?.venue === signer?.venue) return true;
	return bindingAudience(viewer, state, entry, `d:binding:${entry.party}`);
};
function seesSecret(viewer, entry) {
	return viewer.party !== null && (viewer.party === entry.party || viewer.party === "node:main");
}

function owed(state, party) {
	if (own(state.parties, party) === void 0 || state.status === "SUSPENDED") return [];
	return SLICES.flatMap((slice) => slice.duties?.(state, party, ROOF) ?? []);
}
const isOpenable = (state, purpose) => purposeNamed(state, ROOF, purpose)?.opens(purpose) === true;

const limits = (state) => SLICES.flatMap((slice) => slice.limits?.(state) ?? []).sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0);

const NEW_LIMITS = {
	resultNotice: null,
	awardBallot: null,
	securityReturn: null
};
const NEW_THRESHOLDS = {
	awardQuorum: null,
	bidSecurityPercentMax: null,
	worksSecurityMax: null
};
const kindOf = (party) => party.startsWith("expert-") ? ["expert"] : ["tenderer-representative"];
function once(migrate) {
	const migrated = /* @__PURE__ */ new WeakMap();
	return (before, with_) => {
		const known = migrated.get(before);
		if (known !== void 0) return known.after;
		const after = migrate(before, with_);
		migrated.set(before, { after });
		return after;
	};
}
const parties = once((before, _state) => Object.fromEntries(Object.entries(before).map(([party, facts]) => {
	const admittedAs = facts.admittedAs ?? (facts.roles.length > 0 ? facts.roles : kindOf(party));
	return [party, {
		...facts,
		admittedAs
	}];
})));
const keepers = once((before, _state) => before.drill === void 0 ? {
	...before,
	drill: null
} : before);
const bidding = once((before, _state) => {
	if (before.takesQuestions !== void 0) return before;
	const none = {
		takesQuestions: false,
		answers: {},
		objections: []
	};
	if (before.listSeq !== void 0) return {
		...before,
		...none
	};
	return {
		...before,
		...none,
		dropped: before.dropped ?? [],
		root: null,
		listSeq: before.seq
	};
});
const pool = once((before, state) => {
	const { index, recused } = before;
	const listed = before.candidates.map((candidate) => ({
		...candidate,
		person: null
	}));
	const { root, count } = PoolList.of(profileFor(state), listed);
	return {
		index,
		recused,
		root,
		count,
		blob: null,
		seq: null,
		listed
	};
});
const listed = ({ version, slots, nonceParties }) => ({
	version,
	count: slots.length,
	nonceParties,
	seq: null,
	listed: slots
});
const draw = once((before, state) => {
	if (!("order" in before)) {
		if (before.request === null || "listed" in before.request) return before;
		const request = listed(before.request);
		const { lastCall } = before;
		if (lastCall === null || "held" in lastCall) return {
			...before,
			request,
			lastCall
		};
		const { rank, open } = lastCall;
		return {
			...before,
			request,
			lastCall: {
				rank,
				held: Object.keys(before.filled).filter((slot) => !open.includes(slot))
			}
		};
	}
	const { seed, contacts, filled } = before;
	const request = before.request === null ? null : listed(before.request);
	if (seed === null) return {
		...initialDraw,
		request
	};
	return {
		...initialDraw,
		request,
		seed,
		contacts,
		filled,
		pool: before.pool === null ? null : pool(before.pool, state)
	};
});
const committee = once((before, { opening }) => {
	const { gatheringFrom = opening.step === "CLOSED" ? opening.confirmUntil : null, keys = {} } = before;
	return before.keys === void 0 ? {
		...before,
		gatheringFrom,
		keys
	} : before;
});
const scoring = once((before, _state) => ({
	...initialScoring,
	...before
}));
const opening = once((before, _state) => {
	if (!("reveals" in before.coefficient)) return before;
	const { seed, value, reveals } = before.coefficient;
	const bids = Object.fromEntries(Object.entries(before.bids).map(([bid, opened]) => [bid, {
		...opened,
		explanation: null
	}]));
	const coefficient = {
		...initialOpening.coefficient,
		seed,
		value,
		nonces: seed === null ? {} : reveals
	};
	return {
		...before,
		bids,
		findings: {},
		coefficient
	};
});
const tenderRules = once((before, { setup }) => {
	const budget = setup.regime === "GOV_PROCUREMENT" ? before.ceiling : null;
	return {
		...before,
		facts: before.facts ?? {
			...NO_FACTS,
			budget
		},
		ties: before.ties ?? []
	};
});
const ruleSet = once((before, _state) => {
	const today = RULE_SETS.find(({ id }) => id === before.id);
	if (today === void 0) return null;
	const { to } = today.calendar;
	const ties = TIE_RULES.filter((tie) => before.ties.includes(tie));
	const limits = {
		...NEW_LIMITS,
		memberArrival: today.limits.memberArrival,
		...before.limits
	};
	const thresholds = {
		...NEW_THRESHOLDS,
		...before.thresholds
	};
	return {
		...before,
		limits,
		thresholds,
		ties,
		preferences: today.preferences,
		calendar: {
			...before.calendar,
			to
		}
	};
});
const setup = once((before, state) => ({
	signatures: {},
	...before,
	rules: before.rules === null ? null : tenderRules(before.rules, state),
	ruleSet: before.ruleSet === null ? null : ruleSet(before.ruleSet, state),
	orders: before.orders.map((order) => ({
		fault: null,
		...order
	}))
}));
const award = once((before, _state) => {
	if ("lostMs" in before) return "asked" in before ? before : {
		...before,
		asked: null
	};
	const { vote, rounds, passedOver, decided, announced } = before;
	const since = (rounds.findLast(({ outcome }) => outcome === "WINNER")?.round ?? 0) + 1;
	return {
		...initialAward,
		...before,
		vote: {
			...FIRST_VOTE,
			...vote,
			since
		},
		rounds: rounds.map((round) => ({
			...FIRST_VOTE,
			...round,
			since: round.round < since ? 1 : since
		})),
		passedOver: Object.fromEntries(Object.entries(passedOver).map(([bidder, cause]) => [bidder, {
			cause,
			evidence: null
		}])),
		decided: decided === null ? null : {
			...decided,
			deemed: false
		},
		announced: announced === null ? null : {
			...announced,
			securityDue: null
		}
	};
});
const migrateState = (before) => ({
	...before,
	setup: setup(before.setup, before),
	committee: committee(before.committee, before),
	scoring: scoring(before.scoring, before),
	parties: parties(before.parties, before),
	keepers: keepers(before.keepers, before),
	bidding: bidding(before.bidding, before),
	security: before.security ?? initialSecurity,
	draw: draw(before.draw, before),
	opening: opening(before.opening, before),
	award: award(before.award, before)
});

const NEXT_VERSION = "next";
const purposesOf = (state) => Object.keys(state.keepers.published).map((purpose) => ({
	purpose,
	...keeperPlan(state, purpose),
	isOpenable: isOpenable(state, purpose)
}));
function shapes() {
	const shapeOf = (schema) => toJSONSchema(schema, { unrepresentable: "any" });
	const rows = SLICES.flatMap(({ commands }) => Object.entries(commands)).map(([type, { schema, secrets = {} }]) => {
		const sealed = Object.keys(secrets).sort();
		return [type, JSON.stringify([shapeOf(schema), sealed.map((name) => [name, secrets[name] && shapeOf(secrets[name])])])];
	});
	return Object.fromEntries(rows.sort(([one], [two]) => one < two ? -1 : 1));
}
const engineOf = (version) => ({
	version,
	mayMake,
	initial: initialLotState,
	decide,
	evolve,
	audience,
	owed,
	limits,
	purposes: purposesOf,
	migrate: (before) => migrateState(before),
	shapes,
	accelerate
});
const NEXT = engineOf(NEXT_VERSION);

const engine = engineOf("0.5.0");

export { engine };