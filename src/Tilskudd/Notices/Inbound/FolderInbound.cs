using System.Security.Cryptography;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Notices.Inbound;

/// <summary>Mails that another program lays in a folder as <c>*.eml</c>, each whole from the moment it has that name.</summary>
internal sealed partial class FolderInbound(string folder, ILogger<FolderInbound> log) : IInbound
{
    private const int LettersOfHash = 16;

    public TimeSpan Pause => TimeSpan.Zero;

    public async Task<IReadOnlyList<ArrivedMail>> Next(int most, CancellationToken ct)
    {
        var mails = new List<ArrivedMail>();
        if (!Directory.Exists(folder))
        {
            return mails;
        }

        var unread = 0;
        foreach (var path in Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal))
        {
            if (mails.Count == most)
            {
                break;
            }

            if (await Read(path, ct) is { } mail)
            {
                mails.Add(mail);
            }
            else
            {
                unread++;
            }
        }

        if (unread > 0)
        {
            LogUnread(unread);
        }

        return mails;
    }

    public Task PutAway(ArrivedMail mail, Shelf shelf, CancellationToken ct)
    {
        var to = Directory.CreateDirectory(Path.Combine(folder, shelf.Folder())).FullName;

        // Other programs reuse names; the same name and content is the same mail.
        var content = Convert.ToHexStringLower(SHA256.HashData(mail.Bytes))[..LettersOfHash];
        if (File.Exists(mail.Place))
        {
            File.Move(mail.Place, Path.Combine(to, $"{Path.GetFileNameWithoutExtension(mail.Place)}-{content}.eml"), overwrite: true);
        }

        return Task.CompletedTask;
    }

    // One file that cannot be opened now must not stop the others.
    private static async Task<ArrivedMail?> Read(string path, CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var bytes = new byte[(int)Math.Min(file.Length, MailPart.MostBytes)];
            var read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
            return new ArrivedMail(path, bytes[..read]);
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Mails} mails in the folder for replies could not be opened and wait there")]
    private partial void LogUnread(int mails);
}
