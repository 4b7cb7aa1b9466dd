# Two commands for a newcomer: `make demo` and `make test`.

.PHONY: demo test python wasm scale oracles deb maps schemas man deny fuzz bench system

demo: system
	cargo run --release --quiet -- demo --output out

# Everything that CI runs; properties on the same inputs each time (`cargo test` alone takes new ones).
test: export PROPTEST_RNG_SEED ?= 904
test: system
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --no-default-features --features cli,plates,dataset --all-targets -- -D warnings
	cargo clippy --no-default-features --features formats,plates -- -D warnings
	cargo clippy --no-default-features --features cli -- -D warnings
	cargo clippy --no-default-features -- -D warnings
	cargo test
	sh tools/readers.sh target/debug/merestone
	sh tools/python.sh target/debug/merestone
	sh tools/wasm.sh target/debug/merestone
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps
	cargo test --no-default-features --features cli,plates --lib --bins
	cargo check --manifest-path fuzz/Cargo.toml --target-dir target --locked
	@if command -v cargo-deny >/dev/null 2>&1; then \
		for manifest in Cargo.toml fuzz/Cargo.toml bindings/python/Cargo.toml bindings/wasm/Cargo.toml bindings/wasm/bind/Cargo.toml; do \
			cargo fetch --locked --quiet --manifest-path $$manifest && \
			cargo deny --offline --manifest-path $$manifest check licenses bans sources || exit 1; \
		done; \
	else \
		echo "cargo-deny is not installed: of deny.toml, only what tests/architecture/supply.rs reads has been checked"; \
	fi

# The Python package, built and tested in a clean virtual environment.
python: system
	cargo build --quiet
	sh tools/python.sh target/debug/merestone

# The package for browsers, in target/wasm/package.
wasm:
	sh tools/wasm.sh

# The recipes of docs/scale.md: Spark, Dask and DuckDB over files of GeoParquet. Needs Java; pip fetches the engines.
scale: system
	cargo build --quiet
	sh tools/python.sh target/debug/merestone scale

# Random inputs held against answers of other software (tests/oracle/README.md); SEED chooses them.
SEED ?= 1
oracles: system
	@if python3 -c "import networkx, numpy, pyproj, shapely" 2>/dev/null; then \
		cargo build --release --quiet && \
		for oracle in antimeridian borders corridor sheets trace; do \
			python3 -B tests/oracle/$$oracle.py target/release/merestone $(SEED) || exit 1; \
		done && \
		sh tools/readers.sh target/release/merestone && \
		python3 -B tests/oracle/qgis.py target/release/merestone && \
		python3 -B tests/oracle/axe.py target/release/merestone; \
	else \
		echo "the oracles did not run: pip install -r tests/reference/requirements.txt"; \
	fi

# The package for Debian, with a look at what it holds; says so where cargo-deb is missing.
deb: system
	tools/deb.sh

# GDAL and pkg-config, where they are missing.
system:
	@sh tools/system.sh

# The plates of the presets again, as they are committed in maps/.
maps: system
	cargo build --release --quiet
	for preset in $$(target/release/merestone map --list); do \
		target/release/merestone map $$preset -o maps/$$preset.svg -o maps/$$preset.png --dpi 100 --quiet || exit 1; \
	done

# The program beside its peers on real files; writes BENCHMARKS.md. Takes about an hour and installs the peers in target/.
bench: system
	cargo build --release --quiet
	cargo build --release --quiet --no-default-features --features cli,plates,dataset --target-dir target/peers/without-gdal
	python3 benches/run.py

# The JSON Schemas of the answers again, as they are committed in schemas/.
schemas: system
	MERESTONE_BLESS=1 cargo test --quiet --test program what_is_published

# Manual pages, and completions for three shells.
man: system
	cargo build --release --quiet
	target/release/merestone man target/man
	for shell in bash fish zsh; do target/release/merestone completions $$shell > target/man/merestone.$$shell; done

# Licences, bans, sources and advisories, for those who have cargo-deny and a network.
deny:
	cargo deny check

# Every fuzz target for FUZZ_SECONDS; on stable, without sanitizers, and without cargo-fuzz.
FUZZ_SECONDS ?= 1200
FUZZ_TARGETS ?= angle bundle catalogue dataset_manifest esri_json overlay plate_specification reader route table_of_places topojson
fuzz:
	@sh tools/fuzz.sh $(FUZZ_SECONDS) $(FUZZ_TARGETS)
