// Imported before a venue's program: stack traces name the lines of our sources. Those of libraries stay as they were published: reading
// their maps, some of them larger than the code, would be a part of every start.
import { setSourceMapsSupport } from 'node:module';

setSourceMapsSupport(true, { nodeModules: false });
