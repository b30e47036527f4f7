package detect

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"fineprint/store/model"
)

// window makes n items of a list, from the ith on.
func window(i, n int, item func(int) string) string {
	var b strings.Builder
	for k := i; k < i+n; k++ {
		b.WriteString(item(k))
	}
	return b.String()
}

// times makes a text several times over.
func times(n int, text string) string { return strings.Repeat(text+"\n\n", n) }

const quillRules = "# %s\n\nYou may not post what harms other people on Quill, whatever it is.\n\n" +
	"We remove it, and you may appeal within %d days.\n\n* Threats of %s\n* Praise of %s\n"

// quillRule is the kth page of a platform's rules.
func quillRule(k int) string {
	s := strings.Replace(fmt.Sprintf(quillRules, "Rule", k+7, "harm", "harm"), "Quill", fmt.Sprintf("Quill %c", 'A'+k), 1)
	return strings.NewReplacer("Rule", fmt.Sprintf("Rule %c", 'A'+k), "harm", fmt.Sprintf("kind %c", 'A'+k),
		"We remove", fmt.Sprintf("By rule %c we remove", 'A'+k)).Replace(s)
}

var notTerms = map[string]func(int) string{
	"forum": func(i int) string {
		return "Skip to content\n\n* Log in\n\nLatest questions\n\n" + window(i, 9, func(k int) string {
			return fmt.Sprintf("* Lost page %d\n    * by ann%d\n    * %d hours ago\n", k, k*7, k-i+1)
		})
	},
	"forum with questions": func(i int) string {
		return window(i, 9, func(k int) string {
			return fmt.Sprintf("* %s %d\n    * by ann%d\n    * %d votes\n    * in Help\n",
				[]string{"Ink", "Why can't I log in to page", "Lost pen"}[k%3], k, k*7, k%4)
		})
	},
	"forum in Russian": func(i int) string {
		return "Войти\n\nНовые темы\n\n" + window(i, 12, func(k int) string {
			return fmt.Sprintf("* Не работает вход %d\n    * автор ива%d\n", k, k*7)
		})
	},
	"news page in Japanese": func(i int) string {
		return "トップ\n\nニュース\n\n" + window(i*2, 22, func(k int) string {
			return fmt.Sprintf("* [新しいペン%d号](https://q.example/%d)\n", k, k)
		})
	},
	"home page in Arabic": func(i int) string {
		return "الرئيسية\n\nعروض اليوم\n\n" + window(i, 21, func(k int) string {
			return fmt.Sprintf("* [قلم جديد %d](https://q.example/%d)\n", k, k)
		})
	},
	"shop front in German": func(i int) string {
		return "Start\n\nAngebote\n\n" + window(i, 11, func(k int) string {
			return fmt.Sprintf("Stift %d\n\nnur %d,99 EUR\n\n", k, k*3)
		}) + "Impressum\n"
	},
	"gallery in Thai": func(i int) string {
		return window(i, 24, func(k int) string { return fmt.Sprintf("ภาพที่ %d\n\n", k) })
	},
	"selection of pages": func(i int) string { return times(4, quillRule(i*5%13)) },
	"selection of two in turns, then others": func(i int) string {
		return times(3, quillRule(i%2+i/5*3))
	},
	"selection in Chinese": func(i int) string {
		return times(3, fmt.Sprintf("# 规则%d\n\n您不得发布第%d类内容。\n\n我们会在%d天内删除。", i*3, i*3, i*3+5))
	},
}

func TestPageThatIsNoLegalText(t *testing.T) {
	for name, make := range notTerms {
		texts := days(14, make)
		for _, n := range []int{6, 14} {
			r := assessDays(1, texts[:n]...)
			if r.Material || !r.NotTerms || r.Reason != model.ReasonNotTerms && r.Reason != model.ReasonFlap {
				t.Errorf("%s: %d captures: material %v, not terms %v, %q", name, n, r.Material, r.NotTerms, r.Reason)
			}
		}
		if r := assessDays(1, texts[:4]...); r.NotTerms {
			t.Errorf("%s: no legal text after three changes", name)
		}
		if r := assessDays(20, texts...); r.NotTerms {
			t.Errorf("%s: no legal text although it changes every 20 days", name)
		}
		texts[13] = "# Quill Terms\n\n" + churnTerms
		if r := assessDays(1, texts...); !r.Material || r.NotTerms {
			t.Errorf("%s: terms in its place are folded as %q", name, r.Reason)
		}
	}
}

const longPolicy = "We collect what you give to us when you register, what you buy, where you are and what you " +
	"write to others, and we share it with those who work for us, who may not use it for anything else; we keep " +
	"it for 90 days after you close your account, unless the law obliges us to keep it for longer than that."

func processor(k int) string { return fmt.Sprintf("* Ink %d Ltd, Norway\n", k) }

var oddTerms = map[string]func(int) string{
	"short policy": func(i int) string {
		return fmt.Sprintf("# Privacy\n\nWe keep your data for %d days.\n\nWe sell nothing.\n", i+30)
	},
	"table of fees": func(i int) string {
		return "| Service | Fee |\n| --- | --- |\n" + window(0, 30, func(k int) string {
			return fmt.Sprintf("| Transfer %d | %d EUR |\n", k, k*10+i*(k%9/8))
		})
	},
	"table of cookies that grows": func(i int) string {
		return "# Cookies\n\nWe set these.\n\n| Name | Life |\n| --- | --- |\n" + window(0, 30+i*2, func(k int) string {
			return fmt.Sprintf("| _q%d | %d days |\n", k, k*10)
		})
	},
	"list of processors that grows": func(i int) string {
		return "# Sub-processors\n\n" + window(0, 24+i*2, processor)
	},
	"list of processors that shrinks": func(i int) string {
		return "# Sub-processors\n\n" + window(i*2, 70-i*2, processor)
	},
	"questions and answers": func(i int) string {
		return "# Your data\n\n" + window(i, 12, func(k int) string {
			return fmt.Sprintf("* What of photo %d?\n\nYou may delete it within %d days.\n\n", k, k)
		})
	},
	"log of changes": func(i int) string {
		return "# Changes\n\n" + window(i, 24, func(k int) string {
			return fmt.Sprintf("* Section %d: you must now pay within %d days of your order\n", k, k)
		})
	},
	"Japanese policy": func(i int) string {
		return "# プライバシー\n\n" + window(i, 24, func(k int) string {
			return fmt.Sprintf("当社は情報%dを取得します。\n\n", k)
		})
	},
	"Arabic policy": func(i int) string {
		return "# الخصوصية\n\n" + window(i, 24, func(k int) string {
			return fmt.Sprintf("نجمع بياناتك رقم %d عند التسجيل.\n\n", k)
		})
	},
	"policy under menus and news": func(i int) string {
		return window(i*2, 30, func(k int) string { return fmt.Sprintf("* [Pen %d](https://q.example/%d)\n", k, k) }) +
			"\n# Privacy\n\n" + longPolicy + "\n"
	},
	"dated list": func(i int) string {
		return fmt.Sprintf("Last updated: %d March 2026\n\n", i/9+1) + window(i, 30, func(k int) string {
			return fmt.Sprintf("* Vendor %d\n", k)
		})
	},
	"document that is edited from end to end": func(i int) string { return quillRule(i) + quillRule(i+1) },
	"two copies in turns":                     func(i int) string { return times(2, quillRule(i*5%13)) },
	"copies that stay": func(i int) string {
		return times(4, quillRule(0)+quillRule(1)+quillRule(2)) + fmt.Sprintf("\n\nFees are %d EUR a month.\n", i+3)
	},
	"short list": func(i int) string {
		return window(i, 12, func(k int) string { return fmt.Sprintf("* Vendor %d\n", k) })
	},
}

func TestOddTermsAreTerms(t *testing.T) {
	for name, make := range oddTerms {
		for n := 2; n <= 14; n++ {
			if r := assessDays(1, days(n, make)...); r.NotTerms || r.Reason == model.ReasonNotTerms {
				t.Errorf("%s: no legal text after %d captures", name, n)
				break
			}
		}
	}
}

func TestResumedHistoryKnowsNoLegalTextAsWell(t *testing.T) {
	for _, pages := range []map[string]func(int) string{notTerms, oddTerms} {
		for name, make := range pages {
			texts := days(16, make)
			whole := assessDays(1, texts...)
			var h History
			for i := 15 - HistoryWindow; i < 15; i++ {
				h.Start(i+1, captureDay(i), texts[i])
			}
			resumed := h.Assess(captureDay(15), texts[15], false, func(Suspicion) bool { return true })
			if !reflect.DeepEqual(whole, resumed) {
				t.Errorf("%s: resumed: %v %q, whole: %v %q", name, resumed.NotTerms, resumed.Reason, whole.NotTerms,
					whole.Reason)
			}
		}
	}
}
