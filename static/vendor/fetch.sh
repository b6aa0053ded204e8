#!/bin/sh
# Fetch the browser-side packages again and check them against VERSIONS.md. Needs npm and sha256sum.
#   static/vendor/fetch.sh            fetch, fail when a checksum differs
#   static/vendor/fetch.sh --record   after changing a version below: fetch and write VERSIONS.md anew
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
mode=${1:-}
trap 'rm -rf "$work"' EXIT

# package version licence | file in the package | file here (from the root)
table='
bootstrap 5.3.9 MIT|dist/css/bootstrap.min.css|static/vendor/bootstrap.min.css
bootstrap 5.3.9 MIT|dist/css/bootstrap.rtl.min.css|static/vendor/bootstrap.rtl.min.css
bootstrap 5.3.9 MIT|dist/js/bootstrap.bundle.min.js|static/vendor/bootstrap.bundle.min.js
htmx.org 2.0.11 0BSD|dist/htmx.min.js|static/vendor/htmx.min.js
sortablejs 1.15.7 MIT|Sortable.min.js|static/vendor/sortable.min.js
axe-core 4.14.1 MPL-2.0|axe.min.js|tests/vendor/axe.min.js
'
# drawn into one sprite, static/img/icons.svg: <svg><use href="icons.svg#name"></use></svg>
icons_package='bootstrap-icons 1.13.2 MIT'
icons='
arrow-clockwise arrow-counterclockwise arrow-down arrow-left arrow-right arrow-up bell bell-slash book box-arrow-right
briefcase building calendar-event calendar-check camera-video chat-dots check check-circle check-circle-fill check-lg
chevron-down chevron-left chevron-right chevron-up circle circle-half clipboard clipboard-check clock clock-history
cloud-upload compass copy dash-circle download envelope envelope-check exclamation-circle exclamation-triangle eye
eye-slash file-earmark-text filter flag flag-fill gear geo-alt globe grip-vertical hand-thumbs-down hand-thumbs-up
hourglass-split house info-circle journal-text key link-45deg list list-check lock megaphone moon-stars paperclip
patch-check pencil people person person-badge person-check person-plus phone pin-angle play-fill plus plus-lg printer
question-circle question-lg reply search send shield-check shield-lock shop sliders speedometer2 star star-fill
stop-circle sun table telephone three-dots three-dots-vertical trash trophy upload x x-circle x-lg
'

fetch() { # package version
    [ -d "$work/$1" ] && return
    mkdir "$work/$1"
    (cd "$work/$1" && npm pack --silent "$1@$2" >/dev/null && tar xzf ./*.tgz)
}

sprite() { # write the chosen icons as symbols
    printf '<svg xmlns="http://www.w3.org/2000/svg">\n'
    for name in $icons; do
        body=$(tr -d '\n' <"$work/bootstrap-icons/package/icons/$name.svg" |
            sed -e 's/^<svg[^>]*>//' -e 's/<\/svg>.*$//' -e 's/>  *</></g' -e 's/^ *//')
        printf '<symbol id="%s" viewBox="0 0 16 16" fill="currentColor">%s</symbol>\n' "$name" "$body"
    done
    printf '</svg>\n'
}

list="$work/list"
: >"$list"
note() { # file package version licence
    printf '| %s | %s | %s | %s | %s |\n' "$1" "$2" "$3" "$4" "$(sha256sum "$root/$1" | cut -d' ' -f1)" >>"$list"
}

printf '%s\n' "$table" | while IFS='|' read -r package from to; do
    [ -n "$package" ] || continue
    # shellcheck disable=SC2086
    set -- $package
    fetch "$1" "$2"
    mkdir -p "$(dirname "$root/$to")"
    # a source map we do not ship would make collectstatic fail
    sed -e 's,^//# sourceMappingURL=.*$,,' -e 's,/\*# sourceMappingURL=[^*]*\*/,,' "$work/$1/package/$from" >"$root/$to"
    note "$to" "$1" "$2" "$3"
done
# shellcheck disable=SC2086
set -- $icons_package
fetch "$1" "$2"
mkdir -p "$root/static/img"
sprite >"$root/static/img/icons.svg"
note static/img/icons.svg "$1" "$2" "$3"

{
    printf '# What comes from elsewhere\n\nMade by `make vendor` (static/vendor/fetch.sh); a test compares the checksums.\n\n'
    printf '| file | package | version | licence | sha256 |\n|---|---|---|---|---|\n'
    cat "$list"
} >"$work/VERSIONS.md"
if [ "$mode" = --record ]; then
    cp "$work/VERSIONS.md" "$here/VERSIONS.md"
fi
if ! diff -u "$here/VERSIONS.md" "$work/VERSIONS.md"; then
    echo "What was fetched is not what VERSIONS.md names." >&2
    exit 1
fi
echo "Vendored files are as VERSIONS.md says."
