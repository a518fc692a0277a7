namespace Tilskudd.Notices.Inbound;

/// <summary>A mail that has come in and is not put away yet.</summary>
/// <param name="Place">Where it lies: a file's path, or a number in a mailbox. It may hold what somebody wrote, so it is not logged.</param>
/// <param name="Bytes">The mail, or its first part where it is longer than <see cref="Mailing.MailPart.MostBytes"/>.</param>
internal sealed record ArrivedMail(string Place, byte[] Bytes);

/// <summary>Where a mail is put away.</summary>
internal enum Shelf
{
    /// <summary>It was about a notice, and what it says is saved.</summary>
    Handled,

    /// <summary>It is about nothing that was sent from here: a person must look.</summary>
    Unknown,

    /// <summary>It is no mail.</summary>
    Unreadable,
}

/// <summary>The way in for mails: bounces, answers by machines, and replies. Nothing is ever sent from here.</summary>
internal interface IInbound
{
    /// <summary>How long to wait before asking again when there was nothing more.</summary>
    TimeSpan Pause { get; }

    /// <summary>The next mails, oldest first. They come again until they are put away.</summary>
    Task<IReadOnlyList<ArrivedMail>> Next(int most, CancellationToken ct);

    /// <summary>Puts a mail away. One that is put away already, or gone, is no fault.</summary>
    Task PutAway(ArrivedMail mail, Shelf shelf, CancellationToken ct);
}

internal static class Shelves
{
    /// <summary>The folder's name, beside the new mails.</summary>
    public static string Folder(this Shelf shelf) => shelf switch
    {
        Shelf.Handled => "behandlet",
        Shelf.Unknown => "ukjent",
        Shelf.Unreadable => "ulest",
    };
}
