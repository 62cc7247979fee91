// Command crosscheck answers questions about trees, tiles and notes with golang.org/x/mod/sumdb, so that this library's
// answers can be compared with an implementation that shares no code with it. One JSON request on standard input, one
// JSON reply on standard output.
package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type claim struct {
	Size, Index int64
	Root, Leaf  string
	First       string
	Proof       []string
}

type tile struct {
	Level int
	Index int64
	Width int
}

type request struct {
	Records    []string
	Sizes      []int64
	Inclusion  []claim
	Consistent []claim
	Tiles      []tile
	Notes      []struct{ Note, Key string }
	SignName   string
	SignText   string
}

type reply struct {
	Roots       []string
	Inclusion   []bool
	Proofs      [][]string
	Consistent  []bool
	TreeProofs  [][]string
	TilePaths   []string
	TileData    []string
	Opened      []string
	SignedNote  string
	VerifierKey string
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func hash(text string) (h tlog.Hash) {
	bytes, err := hex.DecodeString(text)
	must(err)
	copy(h[:], bytes)
	return h
}

func hashes(texts []string) []tlog.Hash {
	list := []tlog.Hash{}
	for _, text := range texts {
		list = append(list, hash(text))
	}
	return list
}

func texts(list []tlog.Hash) []string {
	out := []string{}
	for _, h := range list {
		out = append(out, hex.EncodeToString(h[:]))
	}
	return out
}

func main() {
	var in request
	must(json.NewDecoder(os.Stdin).Decode(&in))
	stored := []tlog.Hash{}
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := []tlog.Hash{}
		for _, index := range indexes {
			out = append(out, stored[index])
		}
		return out, nil
	})
	for n, record := range in.Records {
		data, err := hex.DecodeString(record)
		must(err)
		more, err := tlog.StoredHashes(int64(n), data, reader)
		must(err)
		stored = append(stored, more...)
	}
	var out reply
	for _, size := range in.Sizes {
		root, err := tlog.TreeHash(size, reader)
		must(err)
		out.Roots = append(out.Roots, hex.EncodeToString(root[:]))
	}
	for _, c := range in.Inclusion {
		out.Inclusion = append(out.Inclusion, tlog.CheckRecord(hashes(c.Proof), c.Size, hash(c.Root), c.Index, hash(c.Leaf)) == nil)
		proof, err := tlog.ProveRecord(c.Size, c.Index, reader)
		must(err)
		out.Proofs = append(out.Proofs, texts(proof))
	}
	for _, c := range in.Consistent {
		out.Consistent = append(out.Consistent, tlog.CheckTree(hashes(c.Proof), c.Size, hash(c.Root), c.Index, hash(c.First)) == nil)
		proof, err := tlog.ProveTree(c.Size, c.Index, reader)
		must(err)
		out.TreeProofs = append(out.TreeProofs, texts(proof))
	}
	for _, t := range in.Tiles {
		goTile := tlog.Tile{H: 8, L: t.Level, N: t.Index, W: t.Width}
		out.TilePaths = append(out.TilePaths, goTile.Path())
		data, err := tlog.ReadTileData(goTile, reader)
		must(err)
		out.TileData = append(out.TileData, hex.EncodeToString(data))
	}
	for _, n := range in.Notes {
		verifier, err := note.NewVerifier(n.Key)
		must(err)
		opened, err := note.Open([]byte(n.Note), note.VerifierList(verifier))
		if err != nil {
			out.Opened = append(out.Opened, "refused")
		} else {
			out.Opened = append(out.Opened, opened.Text)
		}
	}
	private, public, err := note.GenerateKey(rand.Reader, in.SignName)
	must(err)
	signer, err := note.NewSigner(private)
	must(err)
	signed, err := note.Sign(&note.Note{Text: in.SignText}, signer)
	must(err)
	out.SignedNote, out.VerifierKey = string(signed), public
	must(json.NewEncoder(os.Stdout).Encode(out))
}
