# Two commands for a newcomer: `make demo` and `make test`.

.PHONY: demo test maps system

demo: system
	cargo run --release --quiet -- demo --output out

# Everything that CI runs.
test: system
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo clippy --no-default-features --features cli --all-targets -- -D warnings
	cargo test
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps
	cargo build --no-default-features --features cli
	cargo test --no-default-features --features cli --lib --bins

# GDAL and pkg-config, where they are missing.
system:
	@sh tools/system.sh

# The plates of the presets again, as they are committed in maps/.
maps: system
	cargo build --release --quiet
	for preset in $$(target/release/merestone map --list); do \
		target/release/merestone map $$preset -o maps/$$preset.svg -o maps/$$preset.png --dpi 100 --quiet || exit 1; \
	done
