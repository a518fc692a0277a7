namespace Tilskudd.Demo.Simulation;

/// <summary>What a member of the group does with the personal link: reads, chooses, and confirms with the code from the mail. And what the secretary registers of a member's habilitet.</summary>
internal static class RoundActs
{
    /// <summary>Registers that the others were of one mind: the member is inhabil. Nothing where it is decided already.</summary>
    public static async Task Decide(SimulatedPerson person, WebPage page)
    {
        if (page.Forms.FirstOrDefault(form => form.IsPost && form.Action.Contains("/habilitet/", StringComparison.Ordinal)) is not { } form)
        {
            return;
        }

        // The last of them is the member's own, for when the others are too few.
        var votes = form.Names.Where(name => name.StartsWith("stemme-", StringComparison.Ordinal)).ToList();
        foreach (var vote in votes.SkipLast(1))
        {
            form.Fill(vote, "inhabil");
        }

        if (votes.Count == 0)
        {
            form.Fill("utfall", "inhabil");
        }

        var done = await person.Browser.Post(form);
        if (!done.StartsWith("/prosess/", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"What was decided of a member's habilitet was not taken, and led to {done}.");
        }
    }

    /// <summary>Answers, where the round still waits for this person.</summary>
    public static async Task Answer(SimulatedPerson person, WebPage page, string code, (string Reply, string Remark) means)
    {
        if (page.Status >= 400 || page.Offering(means.Reply) is not { } choice)
        {
            return;
        }

        var confirm = await person.Browser.Press(choice, means.Reply);
        if (confirm.With("kode") is not { } form)
        {
            throw new InvalidOperationException($"The page {confirm.Path} does not let {person.Email} confirm an answer: {confirm.Heading}.");
        }

        if (means.Remark.Length > 0)
        {
            form.Fill("merk", means.Remark);
        }

        var receipt = await person.Browser.Post(form.Fill("kode", code));
        if (!receipt.EndsWith("/kvittering", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"An answer was confirmed, and no receipt came but {receipt}.");
        }
    }
}
