using System.Text.RegularExpressions;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Notices.Inbound;

/// <summary>What came back on a mail that was sent.</summary>
public enum NewsKind
{
    /// <summary>It did not reach its reader, and no server tries any more (RFC 3464: failed).</summary>
    NotArrived,

    /// <summary>A server still tries.</summary>
    Delayed,

    /// <summary>A machine answered: the reader is away, or reads no mail there (RFC 3834).</summary>
    Away,

    /// <summary>A person answered by mail instead of by the link. It is shown to the one who leads the round, and decides nothing.</summary>
    Reply,
}

/// <summary>What a mail that came in tells about mails sent from here.</summary>
/// <param name="Kind">Null for what changes nothing, such as a receipt.</param>
/// <param name="Ids">Message ids it may be about, the likeliest first; most are other people's.</param>
/// <param name="Text">The reason, or what was written, cut and without secrets.</param>
/// <param name="From">The sender's address as the mail says it, which anyone can write.</param>
internal sealed partial record MailNews(NewsKind? Kind, IReadOnlyList<string> Ids, string Text, string From)
{
    private const int MostIds = 40;
    private const int LongestAway = 300;
    private const int LongestReply = 2_000;

    /// <summary>Reads a mail of any origin.</summary>
    public static MailNews Of(MailPart mail)
    {
        var read = MailReader.Read(mail);
        var from = MailReader.Address(mail["From"]).Trim();
        if (IsReport(mail, "delivery-status"))
        {
            var (kind, reason) = Delivery(mail);
            return new(kind, About(mail, isMachine: true), reason, from);
        }

        if (IsReport(mail, "disposition-notification"))
        {
            return new(null, About(mail, isMachine: true), "", from);
        }

        if (IsOldBounce(mail, from))
        {
            return new(Delay().IsMatch(mail["Subject"]) ? NewsKind.Delayed : NewsKind.NotArrived, About(mail, isMachine: true), MailReason.Of(StatusLine().Match(read.Text).Value.Trim()), from);
        }

        return IsByMachine(mail)
            ? new(NewsKind.Away, About(mail, isMachine: true), ReplyText.Of(read.Text, LongestAway), from)
            : new(NewsKind.Reply, About(mail, isMachine: false), ReplyText.Of(read.Text, LongestReply), from);
    }

    // A report that somebody has attached to a mail of theirs is not the mail's own.
    private static bool IsReport(MailPart mail, string type) =>
        mail.Parts.Any(part => part.Type == "message/" + type || part.Type == "message/global-" + type)
        || (mail.Type == "multipart/report" && mail.Parameter("report-type").Equals(type, StringComparison.OrdinalIgnoreCase));

    // A report is about one mail to one person here; where it tells of several, the worst is told.
    private static (NewsKind? Kind, string Reason) Delivery(MailPart mail)
    {
        var fates = mail.Parts.Where(part => part.Type is "message/delivery-status" or "message/global-delivery-status")
            .SelectMany(part => part.FieldGroups()).Select(fields => (Kind: Fate(fields), Fields: fields)).Where(fate => fate.Kind is not null)
            .OrderBy(fate => fate.Kind).ToList();
        return fates.Count == 0 ? (null, "") : (fates[0].Kind, Reason(fates[0].Fields));
    }

    private static NewsKind? Fate(MailPart fields) => (fields["Action"].Split(' ', ';', '(')[0].ToUpperInvariant(), fields["Status"]) switch
    {
        ("FAILED", _) => NewsKind.NotArrived,
        ("DELAYED", _) => NewsKind.Delayed,
        ("", ['5', '.', ..]) => NewsKind.NotArrived,
        ("", ['4', '.', ..]) => NewsKind.Delayed,
        _ => null,
    };

    private static string Reason(MailPart fields)
    {
        var said = fields["Diagnostic-Code"];
        var words = said.Contains(';') ? said[(said.IndexOf(';') + 1)..].Trim() : said;
        var status = fields["Status"].Split(' ')[0];
        return MailReason.Of(words.Contains(status, StringComparison.Ordinal) ? words : $"{status} {words}".Trim());
    }

    // What mail programs sent before there were reports, and some still do.
    private static bool IsOldBounce(MailPart mail, string from) =>
        mail["X-Failed-Recipients"].Length > 0 || from.StartsWith("mailer-daemon", StringComparison.OrdinalIgnoreCase) || from.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase);

    private static bool IsByMachine(MailPart mail)
    {
        var submitted = mail["Auto-Submitted"].Split(' ', ';', '(')[0];
        return (submitted.Length > 0 && !submitted.Equals("no", StringComparison.OrdinalIgnoreCase))
            || mail["X-Autoreply"].Length > 0 || mail["X-Autorespond"].Length > 0 || mail["X-Autoresponder"].Length > 0
            || MachinePrecedence().IsMatch(mail["Precedence"])
            || MachineSubject().IsMatch(mail["Subject"]);
    }

    // A person's program names what it answers in the headers. A machine may quote it anywhere, so for those all is looked through for what looks like ours.
    private static IReadOnlyList<string> About(MailPart mail, bool isMachine)
    {
        var named = MailReader.Ids(mail["In-Reply-To"]).Concat(MailReader.Ids(mail["References"]).Reverse());
        if (isMachine)
        {
            var within = mail.All.Skip(1).ToList();
            named = named
                .Concat(within.SelectMany(part => MailReader.Ids(part["Message-ID"])))
                .Concat(within.SelectMany(part => part.Type == "message/disposition-notification" ? part.FieldGroups() : []).SelectMany(fields => MailReader.Ids(fields["Original-Message-ID"])))
                .Concat(mail.All.Where(part => part.Parts.Count == 0).SelectMany(part => OurId().Matches(part.Text).Select(id => id.Value)));
        }

        return [.. named.Distinct(StringComparer.Ordinal).Take(MostIds)];
    }

    [GeneratedRegex(@"delay|warning|forsinke|not yet|ikke levert enn", RegexOptions.IgnoreCase)]
    private static partial Regex Delay();

    [GeneratedRegex(@"^.*\b[45]\d\d[ -].{0,250}$|^.*\b[45]\.\d{1,3}\.\d{1,3}\b.{0,250}$", RegexOptions.Multiline)]
    private static partial Regex StatusLine();

    [GeneratedRegex("^(auto_reply|auto-reply|junk)$", RegexOptions.IgnoreCase)]
    private static partial Regex MachinePrecedence();

    [GeneratedRegex("^(automatisk svar|automatic reply|autosvar|auto-?reply|out of (the )?office|frav.{1,2}rsmelding|fr.{1,2}v.{1,2}rsmelding|ikke til stede|ikkje til stades)", RegexOptions.IgnoreCase)]
    private static partial Regex MachineSubject();

    [GeneratedRegex(@"\b[0-9a-f]{32}@[a-z0-9.-]{1,200}")]
    private static partial Regex OurId();
}
