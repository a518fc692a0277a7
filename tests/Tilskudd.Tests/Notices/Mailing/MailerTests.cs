using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tilskudd.Notices.Mailing;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Tests.Notices.Mailing;

/// <summary>The built-in mailers: to a server, and to a folder.</summary>
public sealed class MailerTests : MailerConformance
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private protected override IMailer New(MailSettings settings, X509ChainPolicy? trust) => new SmtpMailer(settings, Clock, trust);

    [Fact]
    public async Task Both_mailers_give_the_same_bytes()
    {
        var mail = GivenMail.To(subject: "Strømsø", text: ".\n.. to prikker\nslutt\n");

        var bySmtp = await Smtp(MailSecurity.None).Send(mail, Ct);
        var byFolder = await new FolderMailer(_folder).Send(mail, Ct);

        Assert.IsType<MailResult.Sent>(bySmtp);
        Assert.IsType<MailResult.Sent>(byFolder);
        var file = await File.ReadAllBytesAsync(Path.Combine(_folder, "0192f000-0000-7000-8000-000000000001.eml"), Ct);
        Assert.Equal(Encoding.ASCII.GetString(file), Encoding.ASCII.GetString(Assert.Single(Server.Mails)));
        Assert.Equal(MimeWriter.Write(mail), file);
    }

    [Fact]
    public async Task The_folder_never_shows_half_a_mail_and_the_same_mail_again_is_one_file()
    {
        var mailer = new FolderMailer(Path.Combine(_folder, "ny"));

        await mailer.Send(GivenMail.To(), Ct);
        await mailer.Send(GivenMail.To(), Ct);

        Assert.EndsWith(".eml", Assert.Single(Directory.GetFiles(Path.Combine(_folder, "ny"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_answered_and_tried_again_later()
    {
        var file = Path.Combine(_folder, "fil");
        await File.WriteAllTextAsync(file, "", Ct);

        var result = await new FolderMailer(file).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
    }
}
