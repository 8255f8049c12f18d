# Read by ./rserpool, ./verify and .ci/run: finds a JDK of version 25 or later without starting one.

# The feature version of the JDK in folder $1, or nothing if there is no JDK.
jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

jdk_is_good() {
  _version=$(jdk_version "$1")
  [ -n "$_version" ] && [ "$_version" -ge 25 ]
}

# The folders where a JDK may be, one a line, best first.
jdk_places() {
  [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"
  _java=$(command -v java 2>/dev/null) && _java=$(readlink -f "$_java" 2>/dev/null) &&
    dirname "$(dirname "$_java")"
  [ ! -x /usr/libexec/java_home ] || /usr/libexec/java_home -v 25+ 2>/dev/null
  for _place in /usr/lib/jvm/* /usr/java/* /usr/local/openjdk* /opt/* /opt/*/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    [ ! -d "$_place" ] || echo "$_place"
  done
}

# Sets and exports JAVA_HOME; fails if no place has a JDK that will do.
jdk_find() {
  _found=$(jdk_places | while IFS= read -r _place; do
    if jdk_is_good "$_place"; then
      echo "$_place"
      break
    fi
  done)
  [ -n "$_found" ] || return 1
  JAVA_HOME=$_found
  export JAVA_HOME
}

jdk_say_what_to_install() {
  cat >&2 <<'END'
rserpool needs a JDK of version 25 or later, and none was found: not in JAVA_HOME, not on the PATH,
not in the usual places. Install one and try again, for example

  Debian, Ubuntu    sudo apt-get install openjdk-25-jdk    (or Eclipse Temurin: temurin-25-jdk)
  Fedora            sudo dnf install java-25-openjdk-devel
  macOS             brew install openjdk@25
  SDKMAN            sdk install java 25-tem

or unpack any JDK 25 and set JAVA_HOME to its folder.
END
}

maven_say_what_to_install() {
  cat >&2 <<'END'
rserpool is built with Maven 3.8 or later, and there is no 'mvn' on the PATH. Install it and try again:

  Debian, Ubuntu    sudo apt-get install maven
  Fedora            sudo dnf install maven
  macOS             brew install maven
END
}

# Takes the lock of this work tree's build, waiting as long as another process builds; a lock whose
# owner has died is taken over. A symbolic link is made at once with the owner's process id in it.
build_lock() {
  mkdir -p "$1/target/launch"
  build_lock_link=$1/target/launch/lock
  _told=
  while ! ln -s "$$" "$build_lock_link" 2>/dev/null; do
    _owner=$(readlink "$build_lock_link" 2>/dev/null) || continue
    if ! kill -0 "$_owner" 2>/dev/null; then
      rm -f "$build_lock_link"
      continue
    fi
    [ -n "$_told" ] || echo "Waiting for the build that process $_owner is doing ..." >&2
    _told=yes
    sleep 0.3
  done
  trap 'build_unlock' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

# Also ends a Maven that is still running in the background, whose process id is then in $maven.
build_unlock() {
  [ -z "${maven:-}" ] || kill "$maven" 2>/dev/null || true
  rm -f "$build_lock_link"
  trap - EXIT INT TERM HUP
}
