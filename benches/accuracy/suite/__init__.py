"""The accuracy suite: one module a benchmark, and what they share.

bench      runs the program and the scorers
figures    a figure and which way is better
table      bars, the committed table, the verdicts
spans      characters covered by passages
karabakh, planted, pan13, clough, wiki: the benchmarks; `measure(bench)` of each returns its figures
folds      cross-validation of settings
edits      plants edited passages
classify   ordinal logistic regression
"""
