// Package notify tells a target of an alert: it runs a command, posts to a webhook, writes a
// mail or sends it, or adds an entry to an Atom file.
//
// It is not for when that is done, how often it is tried, or what became of it
// (store/insight/outbox, cmd/internal/app). It makes one attempt at a time.
//
// Invariants:
//   - An attempt ends within the target's timeout, and what is read of an answer is bounded.
//   - What was fetched is untrusted: titles and words get no control characters into a
//     header, no markup into HTML or XML, and nothing into a shell, for there is none
//     unless the settings ask for one, and then what is told comes by standard input only.
//   - A secret is read when it is used, from the environment or a file, and is in no error.
//   - A command gets PATH, HOME, the locale and time zone, and no other variable.
//   - What goes to a web server goes to public addresses only, unless the settings say
//     otherwise, by the guard of package fetch; a redirect is a failure.
//
// # Decisions with reasons
//
//   - Webhooks are signed by the scheme of Standard Webhooks (webhook-id, -timestamp and
//     -signature), which has libraries for whoever receives. The ID is the notification's,
//     so that a repeat has the same.
//   - Every write to a file is idempotent: a mail's file name and an Atom entry's ID are the
//     notification's, and a repeat takes the place of what it repeats.
//   - net/smtp does what is needed; it refuses passwords without TLS but to this machine.
package notify
