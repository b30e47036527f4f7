package main

import (
	"context"

	"github.com/spf13/cobra"

	"fineprint/store"
	"fineprint/store/model"
	"fineprint/tui/humanize"
)

func newTagCommand(a *cli) *cobra.Command {
	var remove bool
	cmd := &cobra.Command{
		Use:   "tag TAG CHANGE-ID…",
		Short: "Tag changes, or remove a tag from them",
		Long: `Tag changes, or remove a tag from them. A tag is a word of letters, digits and
._/- and no judgement; the filter tag:NAME finds what has it.`,
		Example: "fineprint tag children FP-C-000543\nfineprint tag children FP-C-000543 --remove",
		Args:    cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runTag(cmd.Context(), a, args[0], args[1:], remove)
		},
	}
	cmd.Flags().BoolVar(&remove, "remove", false, "remove the tag")
	return cmd
}

func runTag(ctx context.Context, a *cli, tag string, args []string, remove bool) error {
	var ids []model.ID
	for _, arg := range args {
		id, err := parseIDOf(arg, model.ChangeID, "change")
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	add, drop := []string{tag}, []string(nil)
	if remove {
		add, drop = nil, add
	}
	n, err := readStore(a, func(s *store.Store) (int, error) { return s.Tag(ctx, ids, add, drop, a.actorName()) })
	if err != nil {
		return err
	}
	return a.print(struct {
		Tag     string `json:"tag"`
		Changed int    `json:"changed"`
		Total   int    `json:"total"`
	}{tag, n, len(ids)}, func() {
		verb := "tagged"
		if remove {
			verb = "untagged"
		}
		a.printf("%s %s; %d had it so already.\n", humanize.Count(n, "change"), verb, len(ids)-n)
	})
}
