# What the commands in this folder share. Sourced, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Ends with one sentence for the person who typed the command.
fail() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# Prints the comment that a command begins with: its help cannot differ from it.
print_help() {
    awk 'NR == 1 { next } /^#/ { sub(/^# ?/, ""); print; next } { exit }' "$0"
}

# Ends unless Swift 6.3 or later answers.
need_swift() {
    local where='https://www.swift.org/install/linux/ has it for Debian 12: unpack it and put its usr/bin on the PATH'
    command -v swift >/dev/null || fail "Swift 6.3 is needed and no 'swift' is on the PATH; $where"
    local version
    version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+\.[0-9]+).*/\1/p' | head -n 1)
    [[ -n $version ]] || fail "'swift --version' gives no version; $where"
    [[ $(printf '6.3\n%s\n' "$version" | sort -V | head -n 1) == 6.3 ]] ||
        fail "Swift 6.3 is needed and this is Swift $version; $where"
}

# An import that Package.swift does not declare is an error: the arrows between rooms hold.
strict=(--explicit-target-dependency-import-check error)
