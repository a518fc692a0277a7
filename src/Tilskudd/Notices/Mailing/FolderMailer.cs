namespace Tilskudd.Notices.Mailing;

/// <summary>Puts each mail in a folder as <c>&lt;notice id&gt;.eml</c>, for another program or, in Development, for <c>/postkasse</c>.</summary>
internal sealed class FolderMailer(string folder) : IMailer
{
    public int AtOnce(int waiting) => 1;

    public async Task<MailResult> Send(OutgoingMail mail, CancellationToken ct)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, $"{mail.Id}.eml");
            var written = path + ".tmp";
            await File.WriteAllBytesAsync(written, MimeWriter.Write(mail), ct);

            // Whoever reads the folder sees a whole mail or none; the same mail again replaces itself.
            File.Move(written, path, overwrite: true);
            return new MailResult.Sent();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            return new MailResult.Unavailable(closed.GetType().Name);
        }
    }
}
