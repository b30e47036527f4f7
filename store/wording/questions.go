package wording

import (
	"fmt"
	"strings"

	"fineprint/store/model"
)

// Questions makes the questions and answers of a record from its fields. What is not
// written is not asked.
func Questions(r model.Record) []model.Question {
	document := fmt.Sprintf("%s's %s", r.Platform.Name, r.Type)
	list := []model.Question{}
	ask := func(question, answer string) {
		if answer = strings.TrimSpace(answer); answer != "" {
			list = append(list, model.Question{Question: question, Answer: answer})
		}
	}
	ask(fmt.Sprintf("What does %s say here?", document), r.WhatItIs)
	ask("Why does it matter?", r.WhyItMatters)
	ask("What does it mean for me as a user?", r.ConsumerImpact)
	ask("What can I do about it?", actions(r))
	ask("Is the wording clear?", r.InterpretiveNote)
	ask("Which authorities and laws have to do with it?", authorities(r))
	ask("Has it changed?", changes(r))
	if len(list) > 0 {
		ask(fmt.Sprintf("Does this record come from %s?", r.Platform.Name),
			fmt.Sprintf("No. It was written from captures of a published document; %s has no part in it.", r.Platform.Name))
	}
	return list
}

func actions(r model.Record) string {
	texts := make([]string, 0, len(r.Actions)+1)
	for _, a := range r.Actions {
		text := strings.TrimSuffix(strings.TrimSpace(a.Text), ".")
		if a.Contact != "" {
			text += " (" + a.Contact + ")"
		}
		if text != "" {
			texts = append(texts, text+".")
		}
	}
	if len(texts) > 0 {
		texts = append(texts, Caution)
	}
	return strings.Join(texts, " ")
}

func authorities(r model.Record) string {
	var names []string
	for _, a := range r.AgencyDetails {
		names = append(names, a.Name)
	}
	for _, l := range r.RegulationDetails {
		names = append(names, l.Name)
	}
	if len(names) == 0 {
		return ""
	}
	return "This record names " + strings.Join(names, ", ") + "."
}

func changes(r model.Record) string {
	s := r.Stability
	if s == nil {
		return ""
	}
	since := fmt.Sprintf("It was first seen in the capture of %s and last in that of %s.",
		s.FirstSeen.CapturedAt.UTC().Format("2006-01-02"), s.LastSeen.CapturedAt.UTC().Format("2006-01-02"))
	switch {
	case s.Versions <= 1:
		return since
	case s.Changes == 0:
		return since + fmt.Sprintf(" Its words stayed the same in all %d versions of that time.", s.Versions)
	case s.Changes == 1:
		return since + fmt.Sprintf(" Its words changed once in the %d versions of that time.", s.Versions)
	}
	return since + fmt.Sprintf(" Its words changed %d times in the %d versions of that time.", s.Changes, s.Versions)
}
