using System.Text.RegularExpressions;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Demo.Simulation;

/// <summary>A mail in the hands of the simulated person it was sent to.</summary>
/// <param name="To">The address, in lower case.</param>
/// <param name="Path">Where its first link leads on the site, or null when it has none.</param>
/// <param name="Code">The code in its text, or null.</param>
/// <param name="IsTask">It asks its reader to do something, or tells of what is late.</param>
/// <param name="IsReminder">Its reader has been told before.</param>
internal sealed partial record ReceivedMail(string To, string Subject, string? Path, string? Code, bool IsTask, bool IsReminder)
{
    public bool IsApproval => Path?.StartsWith("/g/", StringComparison.Ordinal) == true;

    public bool IsReceipt => Path?.StartsWith("/k/", StringComparison.Ordinal) == true;

    public bool IsSignIn => Path?.StartsWith("/l/", StringComparison.Ordinal) == true;

    public static ReceivedMail Of(ReadMail mail, Language language)
    {
        var text = Spaces().Replace(mail.Text, " ");
        var code = new Regex(Regex.Escape(Texts.Of<MailWords>(language, "CodeNeeded", "@@")).Replace("@@", "([0-9]{4})", StringComparison.Ordinal)).Match(text);
        return new ReceivedMail(
            mail.To.ToLowerInvariant(), mail.Subject, Link().Match(text) is { Success: true } link ? link.Groups[1].Value : null,
            code.Success ? code.Groups[1].Value : null, text.Contains(Texts.Of<MailWords>(language, "Task.Action"), StringComparison.Ordinal),
            mail.Subject.StartsWith(Texts.Of<MailWords>(language, "Reminder.Subject", ""), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("https?://localhost:[0-9]+(/[^\\s<>\"]*)")]
    private static partial Regex Link();
}

/// <summary>The folder the mails lie in, read as they come.</summary>
/// <param name="languages">The language each address reads.</param>
internal sealed class Mailbox(string folder, IReadOnlyDictionary<string, Language> languages)
{
    private readonly HashSet<string> _seen = [];

    /// <summary>How many mails have come.</summary>
    public int Count => _seen.Count;

    /// <summary>The mails that have come since the last time, in the order they were written.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> Take()
    {
        var mails = new List<ReceivedMail>();
        if (!Directory.Exists(folder))
        {
            return mails;
        }

        // Their names are the notices' ids, which carry the time they were queued.
        foreach (var file in Directory.EnumerateFiles(folder, "*.eml").Where(file => !_seen.Contains(file)).Order(StringComparer.Ordinal).ToList())
        {
            _seen.Add(file);
            var mail = MailReader.Read(await File.ReadAllBytesAsync(file));
            mails.Add(ReceivedMail.Of(mail, languages[mail.To.ToLowerInvariant()]));
        }

        return mails;
    }
}
