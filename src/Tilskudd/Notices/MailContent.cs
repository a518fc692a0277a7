using Tilskudd.Cycle.People;
using Tilskudd.Layout;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Notices;

/// <summary>A line of the table of facts in a mail.</summary>
internal sealed record MailFact(string Name, IReadOnlyList<string> Lines);

/// <summary>The one thing to press in a mail.</summary>
internal sealed record MailAction(string Label, string Url);

/// <summary>What a mail says, before it is either text or HTML: both are written from this, so they say the same.</summary>
public sealed record MailContent
{
    // The compiler makes components public and so asks the same of what they take; the rest of it stays inside.
    internal MailContent(Language language, string subject, string heading) => (Language, Subject, Heading) = (language, subject, heading);

    internal Language Language { get; init; }

    internal string Subject { get; init; }

    internal string Heading { get; init; }

    /// <summary>The municipality the mail is from, or null where it is from the application itself.</summary>
    internal string? Municipality { get; init; }

    /// <summary>What a phone shows beside the subject.</summary>
    internal string Preheader { get; init; } = "";

    /// <summary>The code to type when confirming; stands first, and again where it is needed.</summary>
    internal string? Code { get; init; }

    internal string Greeting { get; init; } = "";

    internal IReadOnlyList<string> Paragraphs { get; init; } = [];

    /// <summary>The sentence about the deadline, which must not be missed.</summary>
    internal string? Deadline { get; init; }

    /// <summary>The sentence about the code.</summary>
    internal string? CodeNeeded { get; init; }

    internal IReadOnlyList<MailFact> Facts { get; init; } = [];

    internal MailAction? Action { get; init; }

    /// <summary>Small print, a paragraph to each.</summary>
    internal IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>The person questions go to.</summary>
    internal Person? ReplyTo { get; init; }

    /// <summary>An entry for the reader's calendar.</summary>
    internal CalendarPart? Calendar { get; init; }

    /// <summary>Who it is from, as the mail's own signature.</summary>
    internal string Sender => Municipality is null ? Texts.Of<MailWords>(Language, "Sender.Alone") : Texts.Of<MailWords>(Language, "Sender", Municipality);
}
