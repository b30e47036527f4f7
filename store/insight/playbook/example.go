package playbook

// MaxFile is how large a playbook is at most.
const MaxFile = maxFile

// Example is a playbook that explains itself.
const Example = `# A playbook: what your team expects of clauses, type by type. Preview it with
#   fineprint playbook check playbook.toml
# and save it with
#   fineprint playbook save playbook.toml

[[position]]
name = "retention"                # what it is called in lists and filters
type = "data_retention"           # the ID of a clause type
expect = "at most 12 months"      # see below
severity = "high"                 # low, medium, high, critical
documents = ["privacy"]           # only in document types that hold one of these
unless = ["required by law"]      # nothing deviates in a sentence that says this
note = "Our data processing agreement allows a year."

[[position]]
name = "training"
type = "model_training_licence"
expect = "no train models without opt in or consent"
severity = "critical"

[[position]]
name = "selling data"
type = "sale_or_sharing"
expect = "never sell your data/information"
severity = "high"

[[position]]
name = "notice of changes"
type = "unilateral_modification"
expect = "at least 30 days"
severity = "medium"

[[position]]
name = "class actions"
type = "class_action_waiver"
expect = "absent"
severity = "high"

# What can be expected:
#   at most N UNIT, at least N UNIT   hours, days, weeks, months, years, percent, USD, EUR, GBP
#   never WORDS                       "never sell/rent your data"
#   no WORDS without OTHER WORDS      "no training without opt-in or consent"
#   must say WORDS or WORDS           needs documents = […]
#   present, absent                   present needs documents = […]
#
# Words count in any form (train, trains, training), in their order, with up to four
# other words between two of them, and not where they are negated, only supposed, or said
# of what the reader may do ("you may close your account"). about = […]
# takes only sentences that have one of some words; platforms = […] only some platforms.

[synonyms]
sell = ["rent", "trade"]
data = ["information"]
`
