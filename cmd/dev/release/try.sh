# Installs DEB into the empty folder ROOT and uses it there: DEB ROOT. Nothing of the machine's
# own Fineprint, settings or data is used.
set -euo pipefail
deb=$1 root=$2
say() { printf -- '- %s\n' "$*"; }

# A clean root: dpkg's database and the folders that it needs, and nothing else.
mkdir -p "$root/var/lib/dpkg/"{info,updates,triggers} "$root/usr/bin" "$root/home" "$root/tmp"
touch "$root/var/lib/dpkg/"{status,available}
dpkg --root="$root" --force-not-root --force-depends --log=/dev/null --install "$deb" > "$root/tmp/log" 2>&1 ||
  { cat "$root/tmp/log"; exit 1; }
dpkg --root="$root" --status fineprint > "$root/tmp/status"
grep -q '^Status: install ok installed' "$root/tmp/status"
say "installed: $(grep '^Version' "$root/tmp/status"), $(dpkg --root="$root" --listfiles fineprint | wc -l) files"

bin=$root/usr/bin/fineprint
# Static: it starts in a root that has no library at all.
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$root/dev" "$root/proc"
  chroot "$root" /usr/bin/fineprint --version
  say "starts in a root without libraries"
fi
export HOME=$root/home TMPDIR=$root/tmp XDG_DATA_HOME=$root/home/data XDG_CONFIG_HOME=$root/home/config
export FINEPRINT_ACTOR=ada PATH=$root/usr/bin:$PATH
unset FINEPRINT_DB
[ "$(command -v fineprint)" = "$bin" ]

# Manual pages: of the program and of every command in COMMANDS.md's list.
MANPATH=$root/usr/share/man man -P cat fineprint > "$root/tmp/man"
grep -q 'Track and review changes' "$root/tmp/man"
MANPATH=$root/usr/share/man man -P cat fineprint-record-new > "$root/tmp/man"
grep -q 'clause' "$root/tmp/man"
say "man fineprint; $(find "$root/usr/share/man/man1" -name '*.gz' | wc -l) pages"

# Completion, as bash asks for it.
bash -c '
  source "$1/usr/share/bash-completion/completions/fineprint"
  _init_completion() { COMPREPLY=(); _get_comp_words_by_ref; }
  _get_comp_words_by_ref() { cur=${COMP_WORDS[COMP_CWORD]}; prev=${COMP_WORDS[COMP_CWORD-1]}; words=("${COMP_WORDS[@]}"); cword=$COMP_CWORD; }
  __ltrim_colon_completions() { :; }
  compopt() { :; }
  COMP_WORDS=(fineprint que) COMP_CWORD=1 COMP_LINE="fineprint que" COMP_POINT=13 COMP_TYPE=9
  __start_fineprint
  [ "${COMPREPLY[0]%% *}" = queue ]
' _ "$root"
test -s "$root/usr/share/zsh/vendor-completions/_fineprint"
test -s "$root/usr/share/fish/vendor_completions.d/fineprint.fish"
say "completion of bash: que<tab> gives queue"

# The licences.
fineprint licenses --list > "$root/tmp/licences"
grep -q 'go.etcd.io/bbolt' "$root/tmp/licences"
cmp <(fineprint licenses) "$root/usr/share/doc/fineprint/copyright"
say "licences: $(wc -l < "$root/tmp/licences") parts"

# The README's first five minutes, with an address of this machine and a history of our own.
fineprint demo --plain > "$root/tmp/demo"
grep -qw material "$root/tmp/demo"
say "demo"
cd "$root/home"
mkdir site
page() { printf '<html><title>Privacy Policy</title><body><a href=/privacy.html>Privacy Policy</a><main><h1>Privacy Policy</h1><p>We keep your data for %s days after you close your account, and then delete it, unless the law asks us to keep it longer.</p><p>You may ask for a copy of your data at any time by writing to us.</p></main></body></html>' "$1"; }
page 30 > site/privacy.html; page 30 > site/index.html
python3 -u -m http.server --bind 127.0.0.1 --directory site 0 > log 2>&1 &
server=$!
trap 'kill $server' EXIT
for _ in $(seq 100); do grep -q 'port' log && break; sleep 0.1; done
port=$(grep -o 'port [0-9]*' log | head -n 1 | cut -d' ' -f2)
fineprint track find "http://127.0.0.1:$port/" --allow-host 127.0.0.1 || [ $? = 1 ]
fineprint track add "http://127.0.0.1:$port/privacy.html" --platform Example --type "Privacy Policy" --allow-host 127.0.0.1
fineprint track set Example --accept-language de
fineprint fetch --all --allow-host 127.0.0.1
page 90 > site/privacy.html
fineprint fetch --all --allow-host 127.0.0.1
git init -q history; mkdir history/Acme
for version in 1 2; do
  printf '# Terms\n\nYou may close your account. We keep your data for %d0 days after that.\n' "$version" > "history/Acme/Terms of Service.md"
  git -C history add -A
  git -C history -c user.name=a -c user.email=a@example.invalid commit -q -m "$([ $version = 1 ] && echo First record || echo Record new changes) of Acme Terms of Service"
done
fineprint import ota history
id=$(fineprint queue --json --limit 10 | grep -o 'FP-C-[0-9]*' | head -n 1)
fineprint show "$id" --plain > "$root/tmp/show"
fineprint decide "$id" --severity high --confidence high --basis explicit --summary "Kept longer than before." --approve
fineprint export --severity high,critical -o records.md
test -s records.md
fineprint check
say "the README's five minutes"

dpkg --root="$root" --force-not-root --log=/dev/null --purge fineprint > "$root/tmp/log" 2>&1
[ ! -e "$bin" ]
say "removed again; all fine"
