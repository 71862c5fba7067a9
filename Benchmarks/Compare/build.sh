# Builds the systems. Sourced by Benchmarks/compare, which set `root` and sourced Utilities/tools.sh.
#
# Each `build_…` function may fail: then its system is missing, and the last lines that it printed say why.

benchmarks="$root/Benchmarks"
build="$benchmarks/.build"

build_weft_node() {
  swift build --product weft --package-path "$root" || return 1
  "$(swift build --show-bin-path --package-path "$root")/weft" build --package-path "$benchmarks/Swift" --product Web
}

# Weft and what Swift itself has, in one program.
build_swift_native() {
  # SwiftPM does not notice that a dependency's inlinable code has changed.
  rm -f "$build/swift"/*/release/{Kernels,Native}.build/*.o
  # Without the macro plug-in, which natively does nothing and takes minutes to compile optimised.
  WEFT_MACRO_PLUGIN=1 swift build -c release --disable-automatic-resolution --package-path "$benchmarks/Swift" --scratch-path "$build/swift" --product Native
}

# Debian's Rust for the web, because the wasm threads need the standard library compiled again, from the same version's source.
prepare_rayon() {
  need_packages "rustc-web cargo-web rust-web-src lld-22 librust-rayon-dev librust-crossbeam-channel-dev binaryen" || return 1
  mkdir -p "$build/crates"
  # Cargo looks for rayon and for what the standard library needs in one place.
  ln -sfn /usr/lib/rustlib/src/rust/library/vendor/* /usr/share/cargo/registry/* "$build/crates"
}

cargo_build() {
  CARGO_HOME="$build/cargo" RUSTC=/usr/bin/rustc /usr/bin/cargo \
    --config 'source.crates-io.replace-with="debian"' --config "source.debian.directory=\"$build/crates\"" \
    build --manifest-path "$benchmarks/Rayon/Cargo.toml" --offline --release "$@"
}

build_rayon_native() {
  prepare_rayon && cargo_build --bin native --target-dir "$build/rayon-native"
}

build_rayon_node() {
  prepare_rayon || return 1
  local argument flags="-C target-feature=+atomics,+bulk-memory,+mutable-globals -C linker=wasm-ld-22"
  for argument in --shared-memory --import-memory --max-memory=2147483648 \
    --export=__wasm_init_tls --export=__tls_size --export=__tls_align --export=__stack_pointer; do
    flags="$flags -C link-arg=$argument"
  done
  RUSTC_BOOTSTRAP=1 RUSTFLAGS="$flags" cargo_build -Zbuild-std=panic_abort,std --target wasm32-unknown-unknown --lib --target-dir "$build/rayon-wasm" || return 1
  # Takes out fences that wasm does not need and V8 executes: fork-join is three times slower with them.
  wasm-opt -O3 --enable-threads --enable-bulk-memory --enable-mutable-globals --enable-sign-ext --enable-nontrapping-float-to-int \
    --enable-reference-types --enable-multivalue "$build/rayon-wasm/wasm32-unknown-unknown/release/peer.wasm" -o "$build/rayon.wasm"
}

build_tbb_native() {
  need_packages "g++ libtbb-dev" || return 1
  g++ -std=c++20 -O3 -ffp-contract=off "$benchmarks/Cpp/tbb.cpp" -o "$build/tbb" -ltbb
}

build_emscripten_node() {
  need_packages emscripten || return 1
  # Where Debian keeps the JavaScript that its Emscripten uses; a Node that is not Debian's does not look there.
  NODE_PATH=/usr/share/nodejs em++ -std=c++20 -O3 -ffp-contract=off -pthread "$benchmarks/Cpp/threads.cpp" -o "$build/emscripten.js" \
    -sPTHREAD_POOL_SIZE=4 -sINITIAL_MEMORY=1GB -sMODULARIZE -sEXPORT_NAME=startModule -sEXPORTED_RUNTIME_METHODS=PThread -sENVIRONMENT=node,web,worker
}

# Debian packages, installed where that needs no guess.
need_packages() {
  local package
  for package in $1; do
    dpkg-query --show --showformat='${Status}\n' "$package" 2>/dev/null | grep -q 'ok installed' && continue
    # shellcheck disable=SC2086
    can_use_apt || { missing "$package" "$1" "there is no recipe but Debian's"; return 1; }
    # shellcheck disable=SC2086
    apt_install $1
    return
  done
}
