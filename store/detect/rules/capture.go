package rules

import (
	"strings"

	"fineprint/store/model"
)

// The version of this part of the table and the sum of what it was then; see
// TestVersionIsRaisedWithTheRules.
const (
	captureVersion = 18
	captureSum     = "d0cc1d3f164f"
)

// captureRules name what gives a captured text away as no document. What is
// suspected is a text far shorter than the one before, in another language,
// twice over, or no document of its kind: a document that mentions passwords is
// no sign-in page.
var captureRules = []*Rule{
	{
		Name: "empty page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "empty",
		capture: plain((*Capture).isEmpty),
		Folds:   pairs("{a}", "", "{a}", "![](https://quill.example/x.png)", "{a}", "One moment"),
		Keeps: pairs(
			"{a2}", "", "", "You must be 16 years old.", "{a}", "You must be 16 years old to use it."),
	},
	{
		Name: "capture twice over", Scope: OfCapture, Reason: model.ReasonCapture, Detail: detailTwice, mayBeReal: true,
		capture: plain(func(c *Capture) bool {
			return !c.first && !c.short && c.change.Reason == model.ReasonCapture && len(c.text) > len(c.Old.Text)
		}),
		Folds: pairs("{a}", "{a}{a}", "{a}{b}", "{a}{b}{a}{b}"),
		Keeps: pairs(
			"{a}", "{a}{b}", "{a2}", "{a2}{a2}"),
	},
	{
		Name: "other language", Scope: OfCapture, Reason: model.ReasonCapture, mayBeReal: true,
		capture: (*Capture).isOtherLanguage,
		Folds: pairs(
			"{a}", "{de}", "{a}", "{fr}", "{a}", "{es}", "{a}", "{it}", "{a}", "{pt}", "{a}", "{nl}", "{de}", "{a}",
			"{a}", "{a4}{de}{de}"),
		Keeps: pairs(
			"{a}", "{recipes}{a}", "{a}", "{a}{de}"),
	},
	{
		Name: "sign-in page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "sign-in page",
		capture: plain(func(c *Capture) bool { return c.isMessage(signInMessage) || c.isSignInForm() }),
		Folds: standIns("{a}",
			"Please sign in to go on.", "Log in to see it.", "Login", "Enter your password.",
			"You must log in to continue.",
			"Create an account.", "# Anmelden", "Connectez-vous pour continuer.", "# ログイン", "# Iniciar sesión",
			"{links}# Sign in", "Quill Back Login Create new account Forgot password Remember me Go"),
		Keeps: pairs(
			"{a}", "{guidelines}", "{a}", "{a8}Please sign in to go on.", "{a2}", "{a2}\n\nPlease sign in to go on.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nYou may log in with a password only, and you must keep it to yourself at all times.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nWho wants to sign in must be 21 years old, and we may refuse it. Fees are due.",
			"", "You may sign in to use our service under these terms and this privacy policy."),
	},
	{
		Name: "challenge page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "challenge page",
		capture: plain(func(c *Capture) bool { return c.isMessage(challengeMessage) }),
		Folds: standIns("{a}",
			"We saw unusual traffic.", "Verify you are a human.", "Verifying that you are human.",
			"Solve this captcha.",
			"# Just a moment...", "Please enable JavaScript.", "Checking your browser before we go on.",
			"# Attention required!", "Bitte aktivieren Sie JavaScript.", "Vérifiez que vous êtes humain.",
			"# 请完成安全验证"),
		Keeps: pairs(
			"# Quill Rules\n\n{a}",
			"# Quill Rules\n\nYou may not run automated queries, nor get around a captcha or like precautions.",
			"{a}", "{a15}Please enable JavaScript.",
			"# Quill Rules\n\n{a}",
			"# Quill Rules\n\nWe may ask at any time that you verify you are a human, and you agree to do so."),
	},
	{
		Name:  "notice to other countries",
		Scope: OfCapture, Reason: model.ReasonCapture, Detail: "not available in this country",
		capture: plain(func(c *Capture) bool { return c.isMessage(countryMessage) }),
		Folds: standIns("{a}", "Our service is not available in your country.",
			"# 451: Unavailable due to legal reasons", "In Ihrem Land nicht verfügbar", "# お住まいの地域ではご利用いただけません"),
		Keeps: pairs(
			"{a}", "{a15}This is not available in your country.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nThe service is not available in your country if it is on our list, and you may not "+
				"use it there under these terms."),
	},
	{
		Name: "error page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "error page",
		capture: plain(func(c *Capture) bool {
			return c.isMessage(errorMessage) || c.standsIn() && c.shown().showsProgramError()
		}),
		Folds: append(standIns("{a}",
			"# Error 404", "403 Forbidden", "# 500", "HTTP 502", "Status: 503", "The page could not be found.",
			"The content that you requested can't be found.", "We can't find the page you were trying to reach.",
			"# Not found", "This page isn't available.", "This page is no longer available.", "Access denied.",
			"# Forbidden", "Oh, something went wrong.", "Please try again later.", "Please refresh this page.",
			"Service temporarily unavailable", "Error: bad gateway.", "An unexpected error occurred.",
			"Error establishing a database connection", "Could not connect in /srv/www/start.php on line 12",
			"TypeError: x is undefined", "You have been temporarily blocked.",
			"Etwas ist schief gelaufen.", "Seite nicht gefunden.", "Une erreur est survenue.", "Page introuvable",
			"Algo salió mal.", "Página no encontrada", "Pagina non trovata", "Страница не найдена", "# 页面不存在",
			"# ページが見つかりません"), pairs("{a}", strings.Repeat(
			"Oops!\n\n404\n\nThe page you were looking for could not be found. It might have been "+
				"removed, or renamed, or was never there. Search for:\n\n- - -\n\n", 12))...),
		Keeps: pairs(
			"", "Number 405 of our list is here.", "", "The page can be found right here.",
			"{a}", "{a15}Something went wrong.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nWe owe you nothing if a page or a part of the service can't be found or is not "+
				"available.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nOur liability is limited to USD $500, and we are at 500 Harrow Street.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\n## Forbidden posts\n\nSpam is forbidden, and so are lies about others.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nWe end the service on 5 May 2026, and it is no longer available after that day. "+
				"We pay back what "+
				"you have on your account, and we delete the data that we have of you within a year. Write to us if "+
				"you want "+
				"it sooner. Which of your photos you want to keep, you must take with you before that day.",
			"{a}", "{guidelines}Error 404\n\n"),
	},
	{
		Name: "maintenance page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "maintenance page",
		capture: plain(func(c *Capture) bool { return c.isMessage(maintenanceMessage) }),
		Folds: standIns("{a}",
			"# We will be right back", "We'll be back soon.", "Quill is down for planned maintenance.",
			"# Under maintenance", "Our site is being repaired.", "Wartungsarbeiten", "# Site en maintenance",
			"Sitio en mantenimiento", "# メンテナンス中"),
		Keeps: pairs(
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nWe may close the service for maintenance at any time, and owe you nothing for it.",
			"{a}", "{a15}We'll be back soon.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nYou pay for the maintenance of what you rent from us, under scheduled maintenance "+
				"or not."),
	},
	{
		Name: "waiting room", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "waiting room",
		capture: plain(func(c *Capture) bool { return c.isMessage(queueMessage) }),
		Folds: standIns("{a}", "# You are in the queue", "# Waiting room", "Estás en la cola.",
			"Vous êtes dans la file d'attente.", "Вы в очереди."),
		Keeps: pairs(
			"{a}", "{a15}You are in the queue.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nWhen you are in the queue you must not refresh the page, and a place is for one "+
				"account only."),
	},
	{
		Name: "age gate", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "age gate", mayBeReal: true,
		capture: plain(func(c *Capture) bool { return c.isMessage(ageMessage) }),
		Folds: standIns("{a}", "# Are you over 18?", "Please enter your date of birth.", "# Bist du schon 18?",
			"# Você tem mais de 18 anos?"),
		Keeps: pairs(
			"{a}", "{a15}Are you over 18?",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nYou must be 18 years old to use the service. We may ask you to enter your date of "+
				"birth."),
	},
	{
		Name: "parked domain", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "parked domain", mayBeReal: true,
		capture: plain(func(c *Capture) bool { return c.isMessage(parkedMessage) }),
		Folds:   standIns("{a}", "# quill.example is for sale", "Buy this domain.", "Diese Domain steht zum Verkauf."),
		Keeps: pairs(
			"{a}", "{a15}This domain is for sale.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nA domain that you do not renew is for sale after 40 days, and you have no right to it "+
				"any more."),
	},
	{
		Name:  "default page of a server",
		Scope: OfCapture, Reason: model.ReasonCapture, Detail: "default page of a server",
		capture: plain(func(c *Capture) bool { return c.isMessage(defaultMessage) }),
		Folds:   standIns("{a}", "# Welcome to nginx!", "# Apache2 Debian Default Page", "It works!"),
		Keeps: pairs(
			"{a}", "{a15}It works!",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nThe default page of the server is shown until you provide content of your own, which "+
				"you may do at any time."),
	},
	{
		Name: "newsletter form", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "newsletter form",
		mayBeReal: true,
		capture:   plain(func(c *Capture) bool { return c.isMessage(newsletterMessage) }),
		Folds: standIns("{a}", "# Get 15% off your first order", "Sign up for our newsletter.",
			"Iscriviti alla newsletter"),
		Keeps: pairs(
			"{a}", "{a15}Sign up for our newsletter.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nWho subscribes to our newsletter may use the code once, and we may not share the "+
				"address with third parties."),
	},
	{
		Name:  "application without its scripts",
		Scope: OfCapture, Reason: model.ReasonCapture, Detail: "page without its scripts",
		capture: plain(func(c *Capture) bool { return c.isMessage(scriptMessage) }),
		Folds: standIns("{a}", "You need to enable JavaScript to run this app.", "Loading…", "Wird geladen …",
			"Chargement en cours…"),
		Keeps: pairs(
			"{a}", "{a15}Loading…",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nYou must enable JavaScript to use the service, and no fee is paid back to you if you "+
				"do not have it."),
	},
	{
		Name: "expired link", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "expired link",
		capture: plain(func(c *Capture) bool { return c.isMessage(expiredMessage) }),
		Folds:   standIns("{a}", "# This link has expired", "Your session has expired.", "El enlace ha caducado"),
		Keeps: pairs(
			"{a}", "{a15}Your session has expired.",
			"# Quill Terms\n\n{a}",
			"# Quill Terms\n\nA session expires after one hour without use. You may not share a link to your "+
				"account with third parties."),
	},
	{
		Name: "cookie wall", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "cookie wall", mayBeReal: true,
		capture: plain(func(c *Capture) bool { return c.asksForCookies() || c.isCookieWall() }),
		Folds: standIns("{a}",
			"Our site uses cookies.\n\nAccept all cookies\n\n", "We use cookies too.\n\n[Accept](#) [Reject](#)\n\n",
			"# Your privacy\n\nCookies help us here.\n\nManage preferences\n\n",
			"Allow cookies from Quill on this browser?\n\n* Decline\n* Allow all\n\n"),
		Keeps: pairs(
			"", "We bake cookies right in here.",
			"# Quill Cookies\n\n{a}",
			"# Quill Cookies\n\nLast updated 5 May 2026\n\nWhat we learn from cookies we sell to "+
				"partners.\n\nAccept all\n",
			"# Quill Cookies\n\n{a}",
			"# Quill Cookies\n\n## What we use\n\nWe use cookies, and sell what we learn to others.\n\n## Your "+
				"choice\n\n"+
				"You can reject all in the cookie settings.\n"),
	},
	{
		Name: "error in place of a part", Scope: OfCapture, Reason: model.ReasonCapture,
		Detail: "error in place of a part", mayBeReal: true,
		capture: plain((*Capture).hasErrorInPlace),
		Folds: pairs(
			"{a}{b}", "{a4}Something went wrong. Please refresh.\n",
			"{a}{b}", "{a8}Error 503\n\n{b2}",
			"{a}{b}", "{a8}Seite nicht gefunden.\n"),
		Keeps: pairs(
			"{a}{b}", "{a}{b15}Something went wrong.\n",
			"{a}{b}", "{a}Error 503\n\n{b8}",
			"{a}{b}", "{a8}You must not act in bad faith when a page can't be found.\n",
			"{a}{b}", "{a8}We use [a list of 500 partners](https://quill.example/404/not-found).\n",
			"{a}{b}", "{a8}Something is new here.\n\n{b2}"),
	},
	{
		Name: "truncated page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: "truncated", mayBeReal: true,
		capture: plain((*Capture).isTruncated),
		Folds: pairs(
			"{a}{b}", "{a}",
			"{a}{b}", "{a}{b4}",
			"{a}{b}", "{a}{b8}You must be at least 16 years old",
			"{a}{b}{c}", "{a}{b}{c9}You must be at least"),
		Keeps: pairs(
			"{a}{b}{c}{d}", "{a}{b}{c}{d8}",
			"{a}{b}", "{a}{b8}We sell your data.\n",
			"{a}{b}", "We sell your data.\n\n{a}"),
	},
	{
		Name: "another page", Scope: OfCapture, Reason: model.ReasonCapture, Detail: detailOtherPage, mayBeReal: true,
		capture: plain((*Capture).isOtherPage),
		Folds: pairs("{a}", "{recipes}", "{b}", "{recipes}", "{a}",
			"Quill is not in your town. We hope to come there soon.",
			"{a}", "* Photos and videos\n* Payments and contacts\n\nOur partners", "# Quill\n\n{de}",
			"# Gäste\n\n* Anreise und Abreise\n* Zimmer und Preise"),
		Keeps: pairs(
			"{a}", "{recipes}{a}", "{a2}", "{recipes}", "{a}", "{guidelines}",
			"# Quill Terms\n\n{a}", "# Quill Terms\n\n{recipes}",
			"{a}", "You must be 21 years old to use our photos. We keep them for 90 days."),
	},
	{
		Name:  "another legal page",
		Scope: OfCapture, Reason: model.ReasonCapture, Detail: detailOtherPage, mayBeReal: true,
		capture: plain((*Capture).isOtherDocument),
		Folds: pairs(
			"# Quill Privacy Policy\n\n{a}", "# Text alerts\n\n{alerts}",
			"# Datenschutz\n\n{de}{de}", "# Gewinnspiel\n\n{raffle}",
			"# Quill Privacy Policy\n\n{a}", "# Good photos\n\n{home}"),
		Keeps: pairs(
			"# Quill Privacy Policy\n\n{a}", "# Quill Privacy Notice\n\n{alerts}",
			"# Quill Privacy Policy\n\n{a}", "# Text alerts\n\n{a8}{alerts}",
			"# Quill Terms\n\n{a}", "# User agreement\n\n{rewrite}",
			"{a}", "{alerts}"),
	},
}

const detailOtherPage = "another page"

// plain makes a match of a test that knows no more than the rule's own detail.
func plain(match func(*Capture) bool) func(*Capture) (string, bool) {
	return func(c *Capture) (string, bool) { return "", match(c) }
}
