package demosite

const signIn = `<!doctype html><html><head><title>Sign in</title></head><body><h1>Sign in</h1><p>Enter your` +
	` e-mail address and password to go on.</p><p>Forgot your password?</p></body></html>`

// Documents lists the site's pages.
var Documents = []Document{
	{Platform: "Larkspur", Type: "Terms of Service", Path: "/larkspur/terms", body: `
<h1>Larkspur Terms of Service</h1>
<p>Last updated: January 5, 2026</p>
<h2>1. Who may use Larkspur</h2>
<p>You must be at least 16 years old to open an account. If you are younger than 18, a parent or guardian must` +
		` agree to these terms for you.</p>
<p>You may not share your password with anybody else, and you are responsible for what happens under your account.</p>
<h2>2. What you post</h2>
<p>You own what you post. You give us a licence to host, display and distribute it for as long as it is on` +
		` Larkspur, so that we can run the service.</p>
<p>We do not sell what you post, and we do not use it to train machine learning models.</p>
<h2>3. Ending your account</h2>
<p>You may close your account at any time. We delete your data within 30 days after that, unless the law` +
		` requires us to keep it.</p>
<p>We may suspend your account if you break these terms. We will give you notice at least 14 days before we end` +
		` it for good.</p>
<h2>4. Disputes</h2>
<p>Please write to us first. If we can't settle a dispute within 60 days, either of us may bring it before the` +
		` courts of your country.</p>
<p>Read our <a href="/larkspur/help?ref=terms">help pages</a> to learn more.</p>`,
		rounds: []round{
			{edits: []string{"January 5, 2026", "February 9, 2026"}},
			{edits: []string{"February 9, 2026", "March 16, 2026", "at least 16 years old", "at least 13 years old",
				"and we do not use it to train machine learning models",
				"and we may use it to train machine learning models"}},
			{edits: []string{"?ref=terms", "?ref=footer"}},
			{edits: []string{"either of us may bring it before the courts of your country",
				"it must be settled by binding arbitration, and you waive your right to take part in a class action",
				"within 30 days after that", "within 180 days after that"}},
		}},
	{Platform: "Quillbox", Type: "Privacy Policy", Path: "/quillbox/privacy", body: `
<h1>Quillbox Privacy Policy</h1>
<p>Effective 1 January 2026</p>
<h2>What we collect</h2>
<ul><li>your name and e-mail address, when you open an account</li><li>the notes you write, which we keep` +
		` encrypted</li><li>the kind of device you use and its language</li></ul>
<h2>Why we collect it</h2>
<p>We use your data to run Quillbox, to keep it secure and to answer you when you write to us. We do not show` +
		` advertising.</p>
<h2>Who else sees it</h2>
<p>We share data with the companies that host our servers. They may use it only to host, and they must delete` +
		` it when we ask.</p>
<p>We do not share your data with third parties for their own purposes.</p>
<h2>How long we keep it</h2>
<p>We keep your notes until you delete them, and copies of them in our backups for 35 days after that.</p>
<h2>Your rights</h2>
<p>You can ask us for a copy of your data, have it corrected or have it deleted. Write to` +
		` "privacy@quillbox.example" and we will answer within one month.</p>`,
		rounds: []round{
			{page: signIn},
			{edits: []string{`"privacy@quillbox.example"`, `“privacy@quillbox.example”`, "We do not show advertising.",
				"We don’t show advertising."}},
			{edits: []string{"We do not share your data with third parties for their own purposes.",
				"We share your data with advertising partners, who use it for their own purposes, unless you opt out " +
					"in your settings.",
				"<li>the kind of device you use and its language</li>",
				"<li>the kind of device you use and its language</li><li>your precise location, while the app is " +
					"open</li>"}},
			{edits: []string{"<h2>How long we keep it</h2>\n<p>We keep your notes until you delete them, and copies " +
				"of them in our backups for 35 days after that.</p>\n", "",
				"<h2>Why we collect it</h2>",
				"<h2>How long we keep it</h2>\n<p>We keep your notes until you delete them, and copies of them in our " +
					"backups for 35 days after that.</p>\n<h2>Why we collect it</h2>"}},
		}},
	{Platform: "Ferrymart", Type: "Seller Terms", Path: "/ferrymart/sellers", body: `
<h1>Ferrymart Seller Terms</h1>
<h2>Fees</h2>
<p>1. Opening a shop on Ferrymart is free of charge.</p>
<p>2. We charge a fee of 6.5% of the price of each item you sell, shipping not included.</p>
<p>3. We pay out what you earned every Monday, less our fees.</p>
<h2>What you may sell</h2>
<p>4. You may sell only what you own or are entitled to sell. You must describe each item truthfully.</p>
<p>5. Weapons, medicines and living animals may not be sold on Ferrymart.</p>
<h2>Returns</h2>
<p>6. Buyers may return an item within 14 days. You must refund the price within 7 days after it came back to you.</p>
<h2>Liability</h2>
<p>7. We are liable for damage that we cause on purpose or by gross negligence. In all other cases our` +
		` liability is limited to the fees you paid in the last twelve months.</p>`,
		rounds: []round{
			{edits: []string{"fee of 6.5%", "fee of 8%"}},
			{edits: []string{"<p>2. We charge",
				"<p>2. Every seller must confirm a bank account in their own name before the first sale.</p>\n<p>3. " +
					"We charge", "<p>3. We pay", "<p>4. We pay",
				"<p>4. You may", "<p>5. You may", "<p>5. Weapons", "<p>6. Weapons", "<p>6. Buyers", "<p>7. Buyers",
				"<p>7. We are", "<p>8. We are"}},
			{edits: []string{"<p>8. We are liable", "<p>9. We are liable", "<p>7. Buyers", "<p>8. Buyers"}},
			{edits: []string{"every Monday", "on the first day of each month", "within 14 days", "within 30 days"}},
		}},
	{Platform: "Halcyon AI", Type: "Usage Policy", Path: "/halcyon/usage", body: `
<h1>Halcyon AI Usage Policy</h1>
<h2>Your conversations</h2>
<p>We keep your conversations for 90 days so that you can go back to them. You can delete each of them at any` +
		` time.</p>
<p>We review conversations only when our systems flag them as abusive, and no more than is needed.</p>
<h2>What you may not do</h2>
<p>You must not use Halcyon to harass others, to break the law or to make decisions about people's credit,` +
		` housing or jobs without a human who checks them.</p>
<p>You must not try to find out how our models were made.</p>
<h2>Plans and prices</h2>
<p>The monthly plan costs $12 and renews until you cancel it. You may cancel at any time and keep access until` +
		` the end of the month.</p>`,
		rounds: []round{
			{edits: []string{"no more than is needed", "no more than is <strong>needed</strong>"}},
			{edits: []string{"costs $12", "costs $15"}},
			{edits: []string{"costs $15", "costs $12"}},
			{edits: []string{"We review conversations only when our systems flag them as abusive, and no more than is " +
				"<strong>needed</strong>.",
				"We review conversations to improve our models, unless you opt out."}},
		}},
}
