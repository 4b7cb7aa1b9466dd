#!/bin/sh
# Builds the package for Debian and looks at what it holds. Needs cargo-deb; without it, it says so and does nothing.
set -e
cd "$(dirname "$0")/.."
if ! command -v cargo-deb >/dev/null 2>&1; then
    echo "skipped: cargo-deb is not installed (cargo install cargo-deb)"
    exit 0
fi
cargo build --release
program=target/release/merestone
rm -rf target/deb
mkdir -p target/deb/man target/deb/completions
$program man target/deb/man
$program completions bash > target/deb/completions/merestone
$program completions zsh > target/deb/completions/_merestone
$program completions fish > target/deb/completions/merestone.fish
cargo deb --no-build --output target/deb/merestone.deb
contents=$(dpkg-deb --contents target/deb/merestone.deb | awk '{ print $6 }')
commands=$($program --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' | grep -v '^help$')
for file in bin/merestone share/bash-completion/completions/merestone share/zsh/vendor-completions/_merestone \
    share/fish/vendor_completions.d/merestone.fish share/man/man1/merestone.1.gz \
    $(for command in $commands; do echo "share/man/man1/merestone-$command.1.gz"; done); do
    echo "$contents" | grep -qx "./usr/$file" || { echo "the package lacks /usr/$file"; exit 1; }
done
# Unpacked, it answers.
rm -rf target/deb/unpacked
dpkg-deb --extract target/deb/merestone.deb target/deb/unpacked
target/deb/unpacked/usr/bin/merestone info states --quiet > /dev/null
echo "target/deb/merestone.deb: $(echo "$contents" | grep -vc '/$') files"
