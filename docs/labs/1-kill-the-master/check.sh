#!/bin/sh
# Lab 1: kills a master and compares what happens with what you said would happen.
#
#   sh check.sh               asks you the questions
#   sh check.sh answers.txt   reads your answers from a file
#   sh check.sh --solution    reads the right ones
#
# Exit status: 0 all right, 1 something was wrong, 100 wrong use, 111 the experiment failed.
set -u

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
work=
server=
wrong=0
questions='noticed-first lookout-learns-by new-parent running-request next-request
  idle-worker-leaves'

# -- the answers ---------------------------------------------------------------------------------

misuse() {
  echo "check.sh: $*" >&2
  exit 100
}

choices() {
  case $1 in
    noticed-first) echo lookout worker client ;;
    lookout-learns-by) echo signal pipe clock ;;
    new-parent) echo lookout master init ;;
    running-request) echo finished broken ;;
    next-request) echo answered refused ;;
    idle-worker-leaves) echo soon never ;;
  esac
}

# Prints the answer to a question: the last word of its line in the file, or what is typed.
answer() {
  if [ -n "$file" ]; then
    sed -n "s/^$1: *\([a-z]*\) *$/\1/p" "$file"
  else
    echo "$1 ($(choices "$1")):" >&2
    read -r word && echo "$word"
  fi
}

case $# in
  0) file= ;;
  1) if [ "$1" = --solution ]; then file=$here/solution.txt; else file=$1; fi ;;
  *) misuse "one file with answers, or --solution, or nothing" ;;
esac
[ -z "$file" ] || [ -r "$file" ] || misuse "cannot read $file"

for question in $questions; do
  word=$(answer "$question")
  case " $(choices "$question") " in
    *" ${word:-?} "*) ;;
    *) misuse "$question: '$word' is none of: $(choices "$question")" ;;
  esac
  # A shell variable for each answer: noticed-first becomes said_noticed_first.
  eval "said_$(echo "$question" | tr - _)=$word"
done

# -- tools of the experiment ---------------------------------------------------------------------

fail() {
  echo "check.sh: $*" >&2
  [ ! -s "$work/log" ] || { echo "The server's log:" >&2; cat "$work/log" >&2; }
  exit 111
}

# A dead process that nobody has waited for yet, a zombie, has still a folder in /proc. We count it
# as dead. (Field 3 of stat is its state, and field 2, the name, is in parentheses.)
alive() {
  state=$(sed 's/.*) \(.\).*/\1/' "/proc/$1/stat" 2>/dev/null) && [ -n "$state" ] \
    && [ "$state" != Z ]
}

dead() {
  ! alive "$1"
}

said() {
  grep -qF "$1" "$work/log"
}

# Looks ten times a second until a command succeeds; gives up after so many seconds.
await() {
  left=$(($1 * 10))
  shift
  until "$@"; do
    left=$((left - 1))
    [ "$left" -gt 0 ] || return 1
    sleep 0.1
  done
}

two_are_ready() {
  [ "$(grep -c 'is ready$' "$work/log")" -ge "$1" ]
}

parent_of() {
  sed -n 's/^PPid:[[:space:]]*//p' "/proc/$1/status"
}

has_new_parent() {
  [ "$(parent_of "$1")" != "$2" ]
}

# The log tells the pid of every process that the server ever had.
all_pids() {
  {
    echo "$server"
    sed -n 's/^\[\([0-9]*\)\] \[Master\].*/\1/p' "$work/log"
    sed -n 's/.* started worker \([0-9]*\)$/\1/p' "$work/log"
  } | sort -un
}

clean() {
  trap - EXIT
  status=$1
  if [ -n "$server" ]; then
    kill -TERM "$server" 2>/dev/null
    await 15 dead "$server"
    for pid in $(all_pids); do
      case $(cat "/proc/$pid/comm" 2>/dev/null) in
        spy-*) await 5 dead "$pid" || kill -KILL "$pid" 2>/dev/null ;;
      esac
      await 5 dead "$pid" || { echo "check.sh: $pid is still alive" >&2; status=111; }
    done
    echo "Cleaned up: $(all_pids | tr '\n' ' ')are gone."
  fi
  [ -z "$work" ] || rm -rf "$work"
  exit "$status"
}

# -- the experiment ------------------------------------------------------------------------------

command -v curl >/dev/null || fail "this lab needs curl"
[ -d "$root/lookout/target/lib" ] || fail "build first: mvn -q -DskipTests package"
work=$(mktemp -d) || fail "mktemp"
trap 'clean $?' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

"$root/spyglass" --host 127.0.0.1 --port 0 --workers 2 --timeout 60 -v --run "$work/run" \
  "$root/examples/slow/target/slow.jar" 2>"$work/log" >/dev/null </dev/null &
server=$!
await 20 said '[Lookout] watching' || fail "the server did not start"
url=$(sed -n 's/.*listening on //p' "$work/log")
echo "The lookout is $server."

# One round: a request that takes four seconds, and a kill in its middle. What is learnt ends up in
# the variables: first, tells, parent, running, next, leaves.
round() {
  before=$(grep -c 'is ready$' "$work/log")
  : >"$work/slow"
  curl -sN "$url/?s=4" >"$work/slow" &
  client=$!
  await 20 two_are_ready $((before + 2)) || fail "the workers did not start"
  await 10 test -s "$work/slow" || fail "the slow request did not begin"
  busy=$(sed -n 's/^pid \([0-9]*\) begins$/\1/p' "$work/slow")
  master=$(parent_of "$busy")
  idle=$(sed -n "s/^\[$master\].* started worker \([0-9]*\)$/\1/p" "$work/log" | grep -vx "$busy")
  echo "The master is $master, its workers are $busy (busy) and $idle (idle)."

  # What could tell the lookout? Its own list of descriptors and of handled signals answers.
  pipe=$(readlink "/proc/$master/fd/1")
  tells=clock
  for descriptor in "/proc/$server/fd"/*; do
    [ "$(readlink "$descriptor")" != "$pipe" ] || tells=pipe
  done
  handled=0x$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$server/status")
  [ $((handled & 1 << 16)) -eq 0 ] || tells=signal # SIGCHLD is 17, and bit 0 stands for 1

  lines=$(wc -l <"$work/log")
  echo "kill -KILL $master"
  kill -KILL "$master" || fail "cannot kill the master"

  await 2 has_new_parent "$busy" "$master" && parent=init || parent=master
  [ "$(parent_of "$busy")" != "$server" ] || parent=lookout
  echo "The parent of $busy is $(parent_of "$busy")."
  code=$(curl -s -m 30 -o /dev/null -w '%{http_code}' "$url/?s=0")
  [ "$code" = 200 ] && next=answered || next=refused
  echo "A request right after it: $code."
  await 3 dead "$idle" && leaves=soon || leaves=never
  wait "$client"
  result=$?
  [ "$result" -eq 0 ] && grep -q 'is done$' "$work/slow" && running=finished || running=broken
  echo "The running request: $running (curl $result)."

  await 5 dead "$busy" || fail "the busy worker did not leave"
  sed "1,${lines}d" "$work/log" | grep -E 'master has ended|master is gone' >"$work/noticed"
  case $(head -n 1 "$work/noticed") in
    *Lookout*) first=lookout ;;
    *Worker*) first=worker ;;
    *) fail "nobody noticed" ;;
  esac
  echo "What the log says about it:"
  sed 's/^/  /' "$work/noticed"
}

round
# The lookout needs milliseconds and a worker looks once a second: now and then one looks within
# just these milliseconds. That says nothing; do it again.
if [ "$first" = worker ]; then
  echo "A worker happened to look at just that moment. Once more:"
  round
fi

# -- right or wrong ------------------------------------------------------------------------------

# Takes a question, what was said, what was found, and the reason.
judge() {
  if [ "$2" = "$3" ]; then
    echo "right  $1: $3."
  else
    echo "wrong  $1: you said $2, it was $3."
    wrong=$((wrong + 1))
  fi
  echo "       $4"
}

echo
judge noticed-first "$said_noticed_first" "$first" \
  "The kernel closes a dead process's descriptors at once; the lookout sleeps in read(2) on one.
       A worker only looks at its parent's pid once a second. A client never talks to the master."
judge lookout-learns-by "$said_lookout_learns_by" "$tells" \
  "The master's descriptor 1 was $pipe, and the lookout held its other end. When the
       last writer is gone, read(2) returns 0. The lookout does not handle SIGCHLD: bit 16 of
       SigCgt in /proc/$server/status is 0."
judge new-parent "$said_new_parent" "$parent" \
  "An orphan does not go to its grandparent. The kernel gives it to init, pid 1, or to the nearest
       ancestor that has called itself a subreaper (prctl(2), PR_SET_CHILD_SUBREAPER)."
judge running-request "$said_running_request" "$running" \
  "The connection is a descriptor of the worker, not of the master. A worker that has lost its
       master takes no new connection and finishes those it has."
judge next-request "$said_next_request" "$next" \
  "The listening socket is open in three other processes, so the kernel goes on queueing. A worker
       that has not noticed yet takes the connection, or else the next master's first worker does."
judge idle-worker-leaves "$said_idle_worker_leaves" "$leaves" \
  "It sees within a second that its parent's pid is another one than it was told at its start, and
       has nothing to finish."
echo
[ "$wrong" -eq 0 ] && echo "All right." || echo "$wrong of 6 wrong: read the reasons, and look again."
[ "$wrong" -eq 0 ]
