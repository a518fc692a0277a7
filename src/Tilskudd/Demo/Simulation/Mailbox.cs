using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Tilskudd.Layout;
using Tilskudd.Notices;
using Tilskudd.Notices.Mailing;
using Tilskudd.Setup;

namespace Tilskudd.Demo.Simulation;

/// <summary>A mail in the hands of the simulated person it was sent to.</summary>
/// <param name="To">The address, in lower case.</param>
/// <param name="Path">Where its first link leads on the site, or null when it has none.</param>
/// <param name="Code">The code in its text, or null.</param>
/// <param name="IsTask">It asks its reader to do something, or tells of what is late.</param>
/// <param name="IsReminder">Its reader has been told before.</param>
internal sealed partial record ReceivedMail(string To, string Subject, string? Path, string? Code, bool IsTask, bool IsReminder)
{
    private static readonly ConcurrentDictionary<Language, Regex> Codes = new();

    public bool IsApproval => Path?.StartsWith("/g/", StringComparison.Ordinal) == true;

    /// <summary>A member's habilitet is to be decided.</summary>
    public bool IsDoubt => Path?.Contains("/habilitet/", StringComparison.Ordinal) == true;

    public bool IsReceipt => Path?.StartsWith("/k/", StringComparison.Ordinal) == true;

    public bool IsSignIn => Path?.StartsWith("/l/", StringComparison.Ordinal) == true;

    public static ReceivedMail Of(ReadMail mail, Language language)
    {
        var text = Spaces().Replace(mail.Text, " ");
        var code = Codes.GetOrAdd(language, CodeIn).Match(text);
        return new ReceivedMail(
            mail.To.ToLowerInvariant(), mail.Subject, Link().Match(text) is { Success: true } link ? link.Groups[1].Value : null,
            code.Success ? code.Groups[1].Value : null, text.Contains(Texts.Of<MailWords>(language, "Task.Action"), StringComparison.Ordinal),
            mail.Subject.StartsWith(Texts.Of<MailWords>(language, "Reminder.Subject", ""), StringComparison.Ordinal));
    }

    private static Regex CodeIn(Language language) => new(Regex.Escape(Texts.Of<MailWords>(language, "CodeNeeded", "@@")).Replace("@@", "([0-9]{4})", StringComparison.Ordinal));

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("https?://localhost:[0-9]+(/[^\\s<>\"]*)")]
    private static partial Regex Link();
}

/// <summary>
/// The folder the mails are put in, with a list of those that have come: to look through it again for each would take longer the more there
/// are. It takes a mail over as a server does, and puts it in the folder, and reads it there, while the next is made ready.
/// </summary>
internal sealed class ArrivingMails(string folder) : IMailer
{
    /// <summary>Fewer are sent in the time it takes to get a second line going.</summary>
    private const int Many = 10;

    private readonly FolderMailer _folder = new(folder);
    private readonly ConcurrentQueue<(Guid Id, Task<ReadMail> Read)> _arrived = new();

    // One is claimed while the one before is written. What is drawn for each is drawn as it is claimed, in the order of the queue, so the year is the same again.
    public int AtOnce(int waiting) => waiting < Many ? 1 : 2;

    public Task<MailResult> Send(OutgoingMail mail, CancellationToken ct)
    {
        _arrived.Enqueue((mail.Id, Task.Run(() => Put(mail), CancellationToken.None)));
        return Task.FromResult<MailResult>(new MailResult.Sent());
    }

    /// <summary>The mails that have come since the last time, in the order they were queued, of which their ids carry the time.</summary>
    /// <exception cref="IOException">The folder did not take one.</exception>
    public async Task<IReadOnlyList<ReadMail>> Take()
    {
        var arrived = new List<(Guid Id, Task<ReadMail> Read)>();
        while (_arrived.TryDequeue(out var mail))
        {
            arrived.Add(mail);
        }

        return await Task.WhenAll(arrived.OrderBy(mail => mail.Id).Select(mail => mail.Read));
    }

    // What is taken over is put there, whatever becomes of who gave it.
    private async Task<ReadMail> Put(OutgoingMail mail)
    {
        var file = Path.Combine(folder, $"{mail.Id}.eml");
        return await _folder.Send(mail, CancellationToken.None) is MailResult.Sent
            ? MailReader.Read(await File.ReadAllBytesAsync(file))
            : throw new ToldFault($"«{file}» kunne ikke skrives.");
    }
}

/// <summary>The mails, read as they come.</summary>
/// <param name="languages">The language each address reads.</param>
internal sealed class Mailbox(ArrivingMails arriving, IReadOnlyDictionary<string, Language> languages)
{
    /// <summary>The mails that have come since the last time, in the order they were written.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> Take()
    {
        var mails = new List<ReceivedMail>();
        foreach (var mail in await arriving.Take())
        {
            mails.Add(ReceivedMail.Of(mail, languages[mail.To.ToLowerInvariant()]));
        }

        return mails;
    }
}
