#!/usr/bin/env bash
# Runs `wirecopy check` for action.yml. Every input is a variable; a value is one argument, or one a line, and joined to its
# flag, so that none can become another flag. Ends with the exit code of the program.
set -euo pipefail

arguments=(check --no-progress)

# Adds `--FLAG=LINE` for every line of a value that is not empty.
add() {
  local flag=$1 line
  while IFS= read -r line; do
    line=${line%$'\r'}
    if [ -n "$line" ]; then arguments+=("--$flag=$line"); fi
  done <<< "$2"
}

mode=${INPUT_MODE:-summary}
case $mode in
  summary)
    report=${INPUT_REPORT_PATH:-wirecopy.json}
    arguments+=(--format=github "--output=json:$report")
    ;;
  sarif)
    report=${INPUT_REPORT_PATH:-wirecopy.sarif}
    arguments+=(--format=text --exit-zero "--output=sarif:$report")
    ;;
  *)
    echo "error: mode is neither summary nor sarif" >&2
    exit 2
    ;;
esac
if [[ $report == *$'\n'* ]]; then
  echo "error: report-path has several lines; name one file" >&2
  exit 2
fi

add against "${INPUT_AGAINST:-}"
add new-from-ref "${INPUT_NEW_FROM_REF:-}"
add baseline "${INPUT_BASELINE:-}"
add max-run "${INPUT_MAX_RUN:-}"
add max-coverage "${INPUT_MAX_COVERAGE:-}"
add level "${INPUT_LEVEL:-}"

counted=$(mktemp)
trap 'rm -f "$counted"' EXIT
arguments+=("--output=jsonl:$counted" --)
while IFS= read -r path; do
  path=${path%$'\r'}
  if [ -n "$path" ]; then arguments+=("$path"); fi
done <<< "${INPUT_PATHS:-}"

code=0
"${WIRECOPY:-wirecopy}" "${arguments[@]}" || code=$?

# One finding a line. Quotation marks inside a text are escaped, so that only the field itself matches.
count() { grep -cE "$1" "$counted" || true; }
if [ -s "$counted" ]; then
  {
    echo "findings=$(count '^\{"type":"finding",')"
    echo "new-findings=$(count '^\{"type":"finding",.*"status":"(new|expired)"')"
    echo "report-path=$report"
  } >> "${GITHUB_OUTPUT:-/dev/null}"
fi
exit "$code"
