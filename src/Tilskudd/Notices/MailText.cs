using System.Text;
using Tilskudd.Layout;

namespace Tilskudd.Notices;

/// <summary>A mail as text, 72 columns wide but for addresses, which stand alone on their line.</summary>
internal static class MailText
{
    private const int Width = 72;

    public static string Write(MailContent mail)
    {
        var blocks = new List<string>();
        if (mail.Code is not null)
        {
            blocks.Add(Texts.Of<MailWords>(mail.Language, "Code", mail.Code));
        }

        blocks.Add(mail.Greeting);
        blocks.Add(Wrap(Sentence(mail.Heading)));
        blocks.AddRange(mail.Paragraphs.Select(Wrap));
        if (mail.Deadline is not null)
        {
            blocks.Add(Wrap(mail.Deadline.TrimEnd('.').ToUpper(mail.Language.Culture())));
        }

        if (mail.Action is not null)
        {
            blocks.Add(mail.Action.Label + ":\n" + mail.Action.Url);
        }

        if (mail.CodeNeeded is not null)
        {
            blocks.Add(Wrap(mail.CodeNeeded));
        }

        if (mail.Facts.Count > 0)
        {
            blocks.Add(Table(mail.Facts));
        }

        blocks.Add(string.Join('\n', mail.Footer.Select(Wrap)));
        blocks.Add(mail.Sender);
        return string.Join("\n\n", blocks.Where(block => block.Length > 0)) + "\n";
    }

    private static string Sentence(string heading) => heading.Length == 0 || heading[^1] is '.' or '?' or '!' ? heading : heading + ".";

    private static string Table(IReadOnlyList<MailFact> facts)
    {
        var column = facts.Max(fact => fact.Name.Length) + 3;
        var table = new StringBuilder();
        foreach (var fact in facts)
        {
            var name = fact.Name + ":";
            foreach (var line in fact.Lines.SelectMany(line => Lines(line, Width - column)))
            {
                table.Append(name.PadRight(column)).Append(line).Append('\n');
                name = "";
            }
        }

        return table.ToString().TrimEnd('\n');
    }

    private static string Wrap(string text) => string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').SelectMany(line => Lines(line, Width)));

    private static List<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : line + " " + word;
            }
        }

        lines.Add(line);
        return lines;
    }
}
