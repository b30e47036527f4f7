package termtype

import "testing"

func TestText(t *testing.T) {
	for said, want := range map[string]string{
		"Terms of Use: Community Guidelines": CommunityGuidelines, "Hagbart & Söhne": "", "Unterms": "",
		"Privacy Policy": PrivacyPolicy, "Datenschutzerklärung": PrivacyPolicy, "Terms": TermsOfService,
		"Cookie-Einstellungen": Setting, "Privacy & Terms": Hub, "Terms & Conditions": TermsOfService,
		"利用規約": TermsOfService, "개인정보 처리방침": PrivacyPolicy, "Cookie 政策": TrackersPolicy,
		"Gizlilik Politikası": PrivacyPolicy, "Mesafeli Satış Sözleşmesi": GeneralConditionsOfSale,
		"Сookies": "", "Our roses": "", "Conditions générales de vente": GeneralConditionsOfSale,
		"Data Processing Addendum": DataProcessorAgreement, "Data Protection Addendum": DataProcessorAgreement,
		"Terms and Conditions of Sale": GeneralConditionsOfSale, "Privacy and Cookie Policy": PrivacyPolicy,
		"Cookie Policy": TrackersPolicy, "Seller Agreement": MarketplaceSellers, "Legal": Hub,
		"Developer Terms of Service": DeveloperTerms, "Social rules of bees": CommunityGuidelines,
		"الشروط والأحكام": TermsOfService, "Όροι χρήσης": TermsOfService, "Licence agreement": TermsOfService,
	} {
		if got := Text(said); got.Type != want {
			t.Errorf("%q is %+v, should be %q", said, got, want)
		}
	}
}
