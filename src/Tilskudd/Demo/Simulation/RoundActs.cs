namespace Tilskudd.Demo.Simulation;

/// <summary>What a member of the group does with the personal link: reads, chooses, and confirms with the code from the mail.</summary>
internal static class RoundActs
{
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

        var receipt = await person.Browser.Press(form.Fill("kode", code));
        if (!receipt.Path.EndsWith("/kvittering", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"An answer was confirmed, and no receipt came but {receipt.Path}: {receipt.Faults}");
        }
    }
}
