// What a page is asked, in a world of our own that its scripts can't reach. A page
// may name its elements "body" or "parentNode": getters are taken from the
// prototypes, which no element stands before.
(() => {
if (Object.hasOwn(globalThis, "fineprintPage")) return
const getter = (owner, name) => {
	const get = Object.getOwnPropertyDescriptor(owner.prototype, name).get
	return node => get.call(node)
}
const firstChild = getter(Node, "firstChild"), nextSibling = getter(Node, "nextSibling")
const parentNode = getter(Node, "parentNode"), nodeType = getter(Node, "nodeType")
const textContent = getter(Node, "textContent"), isConnected = getter(Node, "isConnected")
const localName = getter(Element, "localName"), shadowRootOf = getter(Element, "shadowRoot")
const attributesOf = getter(Element, "attributes"), nextElement = getter(Element, "nextElementSibling")
const rootElement = getter(Document, "documentElement"), frameDocument = getter(HTMLIFrameElement, "contentDocument")
const innerHTML = getter(Element, "innerHTML"), outerHTML = getter(Element, "outerHTML")
const attribute = (e, name) => Element.prototype.getAttribute.call(e, name)
const matches = (e, css) => Element.prototype.matches.call(e, css)
const box = e => Element.prototype.getBoundingClientRect.call(e)
const select = (root, css) => [...(nodeType(root) === 9 ? Document : nodeType(root) === 11 ? DocumentFragment : Element)
	.prototype.querySelectorAll.call(root, css)]
const frames = wait => new Promise(done => {
	setTimeout(done, wait + 200)
	requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, wait)))
})

const maxNesting = 100 // shadow roots and frames in each other
const maxKept = 4 << 20 // characters of parts that closed again
const closedRoots = new WeakMap() // host → its root, as the browser told

const rootOf = e => shadowRootOf(e) || closedRoots.get(e)
const inside = frame => { // its document; null: of another origin
	try { return localName(frame) === "iframe" ? frameDocument(frame) : frame.contentDocument } catch { return null }
}
const isFrame = e => { const name = localName(e); return name === "iframe" || name === "frame" }

function children(node) {
	const list = []
	for (let c = firstChild(node); c; c = nextSibling(c)) list.push(c)
	return list
}

// shown lists what is shown in a node's place: the children, those of its shadow root or
// frame, or what is put into its slot. nested says that it is another tree.
function shown(node, depth) {
	if (nodeType(node) !== 1) return { list: children(node), nested: false }
	const name = localName(node)
	if (name === "slot") {
		const put = HTMLSlotElement.prototype.assignedNodes.call(node)
		return { list: put.length ? put : children(node), nested: false }
	}
	const root = rootOf(node)
	if (root) return { list: depth < maxNesting ? children(root) : [], nested: true }
	if (isFrame(node)) {
		const doc = inside(node), top = doc && rootElement(doc)
		return { list: top && depth < maxNesting ? children(top).filter(c => localName(c) !== "head") : [], nested: true }
	}
	return { list: children(node), nested: false }
}

const silent = new Set(["script", "style", "template", "noscript", "head", "textarea", "option"])

// walk calls back for every text and element that is shown under a node, in order.
function walk(from, text, element) {
	const stack = [[from, 0]]
	while (stack.length) {
		const [node, depth] = stack.pop(), type = nodeType(node)
		if (type === 3) { if (text(node) === false) return; continue }
		if (type !== 1 && type !== 9 && type !== 11) continue
		if (type === 1) {
			if (silent.has(localName(node))) continue
			if (element && element(node, depth) === false) continue
		}
		const { list, nested } = shown(node, depth)
		for (let i = list.length - 1; i >= 0; i--) stack.push([list[i], depth + (nested ? 1 : 0)])
	}
}

const squeeze = s => s.replace(/\s+/gu, " ").trim()
// A number that runs is no other text.
const likeness = s => { s = s.replace(/\p{N}+/gu, "0"); return s.length < 300 ? s : s.slice(0, 150) + s.length + s.slice(-100) }

function lengthOf(node, enough) {
	let n = 0
	walk(node, t => (n += squeeze(textContent(t)).length) < enough)
	return n
}

function labelOf(e) {
	const s = squeeze(attribute(e, "aria-label") || textContent(e)).replace(/[\p{C}]/gu, "")
	return s.length > 40 ? s.slice(0, 40) + "…" : s
}

// lines maps every longer text that is shown to its length.
function lines(limit) {
	const found = new Map()
	let chars = 0
	walk(document, t => {
		const s = squeeze(textContent(t))
		if (!s) return
		chars += s.length
		found.set(likeness(s), s.length)
		return chars < limit
	})
	return { found, chars }
}

const seen = new Set() // the texts of all looks

function look(limit) {
	const { found, chars } = lines(limit)
	let fresh = 0
	for (const [s, n] of found) if (!seen.has(s)) { seen.add(s); fresh += n }
	let ready = document.readyState === "complete"
	walk(document, () => {}, e => {
		if (!isFrame(e)) return
		const doc = inside(e)
		if (doc && doc.readyState !== "complete") ready = false
	})
	return { ready, chars, fresh, busy: busy(), height: Math.min(height(), 1e9) }
}

const busyMark = "[aria-busy=true], [role=progressbar]:not([aria-valuenow]), [class*=skeleton i], [class*=spinner i], " +
	"[class~=loading i], [class~=loader i]"
function busy() {
	return select(document, busyMark).slice(0, 50).some(e => {
		if (localName(e) === "html" || localName(e) === "body") return attribute(e, "aria-busy") === "true"
		return Element.prototype.checkVisibility.call(e, { opacityProperty: true, visibilityProperty: true })
	})
}

function scrollers() {
	const list = [document.scrollingElement || rootElement(document)]
	for (const e of select(document, "main, article, section, div, ul, body")) {
		if (list.length >= 4) break
		if (e.clientHeight > 150 && e.scrollHeight > e.clientHeight + 50 &&
			/auto|scroll/.test(getComputedStyle(e).overflowY)) list.push(e)
	}
	return list.filter(e => e)
}
const height = () => scrollers().reduce((sum, e) => sum + e.scrollHeight, 0)

// scroll goes one screen down; false at the end.
async function scroll() {
	let moved = false
	for (const e of scrollers()) {
		const before = e.scrollTop
		e.scrollTo({ top: before + Math.max(e.clientHeight, 200) * 0.9, behavior: "instant" })
		moved = moved || e.scrollTop > before + 1
	}
	await frames(20)
	return moved
}

// ---- what opens on a click

const parent = e => { const p = parentNode(e); return p && nodeType(p) === 11 && p.host ? p.host : p }
function within(e, test) {
	for (let p = e, n = 0; p && n < 5000; p = parent(p), n++) if (nodeType(p) === 1 && test(p)) return p
	return null
}
const chrome = "nav, footer, form, dialog, aside, [role=navigation], [role=menu], [role=menubar], [role=banner], " +
	"[role=contentinfo], [role=search], [role=dialog], [role=alertdialog], [role=toolbar], [role=listbox], [role=tree]"
const content = "main, [role=main], article"
const otherName = /cookie|consent|navbar|nav-|-nav\b|menu|breadcrumb|share|comment|newsletter/i
function inDocument(e) {
	let inContent = false
	const out = within(e, p => {
		if (matches(p, content)) inContent = true
		if (matches(p, chrome)) return true
		if (localName(p) === "header" && !within(p, a => matches(a, content))) return true
		return otherName.test((attribute(p, "id") || "") + " " + (attribute(p, "class") || "")) && localName(p) !== "body" &&
			localName(p) !== "html"
	})
	return !out && (inContent || !select(document, content).some(m => lengthOf(m, 200) >= 200))
}

function leads(e) { // is it a link to another page, or a form's button
	const link = within(e, p => localName(p) === "a" && attribute(p, "href") !== null)
	if (link && !/^\s*(#|javascript:|$)/i.test(attribute(link, "href"))) return true
	return localName(e) === "button" && !!within(e, p => localName(p) === "form")
}

const risky = /delete|accept|agree|reject|cookie|subscri|sign|log ?in|buy|order|download|print|share|copy|submit|send|cancel|opt.?out|pay|löschen|akzept|zustimm|anmeld|kaufen|drucken|accepter|refuser|connexion|télécharger|imprimer|aceptar|rechazar|descargar|imprimir|accetta|rifiuta|scarica|stampa|aceitar|baixar|принять|войти|скачать|печать|同意|接受|ログイン|登录|下载/i
const moreWords = ["show more", "read more", "see more", "view more", "load more", "more details", "show all", "see all",
	"view all", "expand all", "open all", "continue reading", "read on", "read full", "view full", "show full", "expand",
	"mehr anzeigen", "mehr lesen", "weiterlesen", "alle anzeigen", "alles anzeigen", "alle öffnen", "aufklappen",
	"mehr laden", "weitere anzeigen", "lire la suite", "voir plus", "afficher plus", "afficher la suite", "tout afficher",
	"voir tout", "leer más", "ver más", "mostrar más", "mostrar todo", "ver todo", "seguir leyendo", "cargar más",
	"leggi tutto", "leggi di più", "mostra altro", "mostra di più", "mostra tutto", "continua a leggere", "vedi tutto",
	"leia mais", "ler mais", "ver mais", "mostrar mais", "mostrar tudo", "carregar mais", "continuar a ler", "lees meer",
	"lees verder", "toon meer", "meer lezen", "meer tonen", "alles tonen", "czytaj więcej", "czytaj dalej", "pokaż więcej",
	"pokaż wszystko", "rozwiń", "läs mer", "visa mer", "visa alla", "læs mere", "vis mere", "les mer", "vis mer", "vis alle",
	"lue lisää", "näytä lisää", "číst dál", "číst více", "zobrazit více", "zobrazit vše", "citește mai mult",
	"vezi mai mult", "bővebben", "tovább olvas", "több megjelenítése", "devamını oku", "daha fazla göster",
	"tümünü göster", "xem thêm", "đọc thêm", "baca selengkapnya", "selengkapnya", "lihat lainnya", "читать далее",
	"читать дальше", "читать полностью", "показать еще", "показать ещё", "показать больше", "показать все",
	"показать всё", "развернуть", "подробнее", "читати далі", "показати більше", "розгорнути", "прочети повече",
	"διαβάστε περισσότερα", "περισσότερα", "اقرأ المزيد", "عرض المزيد", "קרא עוד", "הצג עוד", "और पढ़ें", "और देखें",
	"อ่านเพิ่มเติม", "ดูเพิ่มเติม", "もっと見る", "もっと読む", "続きを読む", "続きを見る", "すべて表示", "すべて見る", "全文を表示", "展开", "展開",
	"查看更多", "显示更多", "阅读更多", "阅读全文", "查看全部", "顯示更多", "閱讀更多", "閱讀全文", "더 보기", "더보기", "전체 보기", "계속 읽기"]
function saysMore(e) {
	const s = squeeze(attribute(e, "aria-label") || textContent(e)).toLowerCase().replace(/^[^\p{L}]+/u, "")
	return s.length <= 45 && moreWords.some(w => s.startsWith(w) && s.length <= w.length + 25)
}

const hasPointer = e => getComputedStyle(e).cursor === "pointer"
const isButton = e => localName(e) === "button" || attribute(e, "role") === "button" || localName(e) === "summary"
const little = 30 // characters: a panel with less is not filled

// row is the control with what holds nothing else: the heading around an accordion's button.
function row(e) {
	for (let n = 0; n < 4; n++) {
		const p = parentNode(e)
		if (!p || nodeType(p) !== 1 || children(p).some(c => c !== e && (nodeType(c) === 1 || squeeze(textContent(c))))) break
		e = p
	}
	return e
}

// panel is what a control shows and hides: what it names, or what comes after it.
function panel(e) {
	const named = (attribute(e, "aria-controls") || "").split(/\s+/)[0]
	if (named) {
		let root = e
		while (parentNode(root)) root = parentNode(root)
		return select(root, "#" + CSS.escape(named))[0] || null
	}
	const r = row(e), next = nextElement(r)
	return next && next.nodeType === 1 && like(next) !== like(r) ? next : null
}

const like = e => localName(e) + " " + attribute(e, "class")
const filled = e => { const p = panel(e); return !!p && lengthOf(p, little) >= little }

// unfilled reports whether a control without a mark is one of an accordion all the same:
// what comes after it is an empty box, or it stands alone in each of several like boxes.
function unfilled(e) {
	const r = row(e), next = nextElement(r)
	if (next) return /^(div|dd|section|ul|p|article)$/.test(localName(next)) && !lengthOf(next, 1) &&
		!select(next, "img, svg, video, iframe, input, canvas").length
	if (!isButton(e) || r === e) return false
	const p = parentNode(r)
	return !!p && children(p).filter(c => nodeType(c) === 1 && like(c) === like(r)).length >= 3 && squeeze(textContent(e)).length > 3
}

const marked = "details:not([open]), [aria-expanded=false], [role=tab][aria-selected=false]"
const unmarked = "button, [role=button], summary, a, h2, h3, h4, h5, h6, dt, [tabindex='0'], [onclick], .accordion *"

function opens(e) {
	const popup = attribute(e, "aria-haspopup")
	if (popup && popup !== "false" || matches(e, "input, select, textarea, [role=combobox], [role=menuitem]")) return false
	if (localName(e) === "details") return lengthOf(e, 1e4) - lengthOf(select(e, "summary")[0] || e, 1e4) < little
	if (leads(e) || labelOf(e).length > 150) return false
	if (saysMore(e)) return (isButton(e) || localName(e) === "a" || hasPointer(e))
	if (risky.test(labelOf(e))) return false
	if (matches(e, marked)) return !filled(e)
	return localName(e) !== "a" && (isButton(e) || hasPointer(e)) && unfilled(e)
}

function scopes() { // every tree: the page, its open shadow roots, its readable frames
	const list = [document]
	walk(document, () => {}, e => {
		if (list.length >= 2000) return false
		const root = rootOf(e)
		if (root) list.push(root)
		else if (isFrame(e)) { const doc = inside(e); if (doc) list.push(doc) }
	})
	return list
}
const find = css => scopes().flatMap(root => select(root, css))

const clicked = new WeakMap() // element → how often
function collapsed() {
	const list = new Set()
	for (const css of [marked, unmarked]) for (const e of find(css)) {
		if ((clicked.get(e) || 0) < (saysMore(e) ? 20 : 1) && list.size < 200 && opens(e) && inDocument(e)) list.add(e)
	}
	return [...list].filter(e => ![...list].some(o => o !== e && within(e, p => p === o)))
}

const kept = [] // { after, panel, label, html, text }: what was shown by a click
let keptSize = 0

function press(e) {
	clicked.set(e, (clicked.get(e) || 0) + 1)
	if (localName(e) === "details") { e.open = true; return }
	Element.prototype.scrollIntoView.call(e, { block: "center", behavior: "instant" })
	for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup"]) {
		const C = type.startsWith("p") ? PointerEvent : MouseEvent
		e.dispatchEvent(new C(type, { bubbles: true, cancelable: true, composed: true, button: 0, isPrimary: true }))
	}
	if (e.click) HTMLElement.prototype.click.call(e)
	else e.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true, composed: true }))
}

// keep remembers what a panel shows, for the next click may take it away.
function keep(e, p) {
	if (!p || !isConnected(p) || lengthOf(p, 1) === 0 || keptSize > maxKept) return
	const html = write(children(p), maxKept)
	if (html === null) return
	keptSize += html.length
	const old = kept.find(k => k.control === e)
	if (old) kept.splice(kept.indexOf(old), 1)
	kept.push({ control: e, after: row(e), panel: p, label: labelOf(e), html, text: squeeze(textContent(p)).slice(0, 200) })
}

const shownBy = e => { const p = panel(e); return p ? lengthOf(p, 1e5) : 0 }
const address = () => location.href.replace(/#.*/, "")

// click clicks one after the other, and waits until each has shown something.
async function click(list, millis) {
	const end = performance.now() + millis, labels = [], from = address()
	const panels = new Map()
	let alone = false, done = 0
	for (const e of list) {
		if (performance.now() > end || !isConnected(e) && done) break
		labels.push(labelOf(e))
		const size = shownBy(e)
		press(e)
		done++
		const wait = Math.min(end, performance.now() + (alone ? 0 : 1200))
		do { await frames(0) } while (performance.now() < wait && shownBy(e) <= size && address() === from)
		panels.set(e, panel(e))
		keep(e, panel(e))
		if (address() !== from) break
		// When the second leaves the first open, the rest need not wait for each other.
		if (done === 2) alone = [...panels.values()].every(p => p && isConnected(p) && lengthOf(p, 1))
	}
	await frames(100)
	for (const [e, p] of panels) keep(e, p)
	return { clicked: done, left: list.length - done, labels: labels.slice(0, 5), moved: address() !== from ? address() : "" }
}

// lost lists what a click had shown and is shown no more.
function lost() {
	return kept.filter(k => {
		if (!isConnected(k.panel)) return true
		return !squeeze(textContent(k.panel)).includes(k.text)
	})
}

// ---- taking the page down

const unended = new Set(["area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
	"source", "track", "wbr"])
const raw = new Set(["script", "style", "xmp", "noembed", "noframes", "plaintext", "noscript"])
const escapeText = s => s.replace(/[&<>\u00a0]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", "\u00a0": "&nbsp;" })[c])
const escapeValue = s => s.replace(/[&"\u00a0]/g, c => ({ "&": "&amp;", '"': "&quot;", "\u00a0": "&nbsp;" })[c])

// write writes nodes as HTML with shadow roots and frames in their place; null when it is
// more than limit characters.
function write(nodes, limit, after) {
	const out = []
	let size = 0
	const put = s => { out.push(s); size += s.length }
	const stack = nodes.map(n => [n, 0]).reverse()
	while (stack.length) {
		if (size > limit) return null
		const [node, depth] = stack.pop()
		if (typeof node === "string") { put(node); continue }
		const type = nodeType(node)
		if (type === 3) {
			const p = parentNode(node)
			put(p && nodeType(p) === 1 && raw.has(localName(p)) ? textContent(node) : escapeText(textContent(node)))
			continue
		}
		if (type === 8) { put("<!--" + textContent(node) + "-->"); continue }
		if (type !== 1) continue
		const name = localName(node), frame = isFrame(node) && inside(node)
		if (depth && (name === "script" || name === "style" || name === "link")) continue
		const { list, nested } = shown(node, depth)
		const extra = after && after.get(node)
		if (extra) stack.push([extra, depth])
		if (name === "slot") {
			for (let i = list.length - 1; i >= 0; i--) stack.push([list[i], depth])
			continue
		}
		const tag = frame ? "div" : name
		let open = "<" + tag
		for (const a of attributesOf(node)) if (!(frame && a.name === "srcdoc")) open += " " + a.name + '="' + escapeValue(a.value) + '"'
		put(open + ">")
		if (unended.has(tag)) continue
		if (name === "template") { put(innerHTML(node) + "</template>"); continue }
		stack.push(["</" + tag + ">", depth])
		for (let i = list.length - 1; i >= 0; i--) stack.push([list[i], depth + (nested ? 1 : 0)])
	}
	return size > limit ? null : out.join("")
}

// html takes the page down, and says what of it can't be read.
function html(limit) {
	const root = rootElement(document)
	if (!root) return { html: "", length: 0, unread: [] }
	const doctype = document.doctype ? "<!doctype html>" : ""
	const unread = [], gone = lost(), after = new Map()
	let special = gone.length > 0
	walk(document, () => {}, (e, depth) => {
		if (rootOf(e)) special = true
		if (rootOf(e) && depth === maxNesting) unread.push("parts nested more than " + maxNesting + " deep")
		if (!isFrame(e)) return
		const doc = inside(e), place = box(e)
		if (doc) special = special || !!rootElement(doc) && lengthOf(rootElement(doc), 1) > 0
		else if (attribute(e, "srcdoc") === null && place.width >= 200 && place.height >= 100) {
			let host = ""
			try { host = new URL(e.src, document.baseURI).host } catch {}
			unread.push("a frame" + (host ? " of " + host : ""))
		}
	})
	for (const k of gone) {
		const add = "<div><p><strong>" + escapeText(k.label) + "</strong></p>" + k.html + "</div>"
		const place = isConnected(k.panel) && k.panel !== nextElement(k.after) || !isConnected(k.after) ? k.panel : k.after
		after.set(place, (after.get(place) || "") + (place === k.after ? k.html : add))
	}
	const text = special ? write([root], limit, after) : outerHTML(root)
	const whole = text === null ? null : doctype + text
	return { html: whole !== null && whole.length <= limit ? whole : "", length: whole === null ? limit + 1 : whole.length,
		unread: [...new Set(unread)].slice(0, 5) }
}

let marked0 = null // the texts that were shown before the clicks
function mark(limit) { marked0 = lines(limit).found; return true }
function missing(limit) {
	const now = lines(limit).found, back = lost().map(k => squeeze(k.html.replace(/<[^>]*>/g, " "))).join(" ")
	let gone = 0, all = 0
	for (const [s, n] of marked0 || []) {
		all += n
		if (n >= 20 && !now.has(s) && !back.includes(s)) gone += n
	}
	return { gone, all }
}

// mayHide lists elements that show something but hold no text: they may have a closed root.
function mayHide() {
	const list = []
	walk(document, () => {}, e => {
		if (list.length >= 200 || rootOf(e)) return
		const own = localName(e).includes("-")
		if (!own && !/^(div|section|article|main|span|p|aside|body)$/.test(localName(e))) return
		if (!own && lengthOf(e, 1)) return
		if (!own && (firstChild(e) && select(e, "*").length) || box(e).height < 10) return
		list.push(e)
	})
	return list
}

globalThis.fineprintPage = { look, scroll, html, mark, missing, mayHide, lostCount: () => lost().length,
	know: (host, root) => { closedRoots.set(host, root) },
	count: css => find(css).length,
	openAll: millis => click(collapsed(), millis),
	collapsed: () => collapsed().length,
	clickAll: (css, millis) => {
		const list = find(css).filter(e => Element.prototype.checkVisibility.call(e)).slice(0, 100)
		return list.length ? click(list, millis) : { clicked: 0, left: find(css).length, labels: [], moved: "" }
	},
}
})()
