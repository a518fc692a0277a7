using System.Text;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Tests.Notices.Mailing;

public sealed class MailerTests : IAsyncDisposable
{
    private readonly SmtpStub _server = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("mail-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Both_mailers_give_the_same_bytes()
    {
        var mail = GivenMail.To(subject: "Strømsø", text: ".\n.. to prikker\nslutt\n");

        var bySmtp = await Smtp(MailSecurity.None).Send(mail, Ct);
        var byFolder = await new FolderMailer(_folder).Send(mail, Ct);

        Assert.IsType<MailResult.Sent>(bySmtp);
        Assert.IsType<MailResult.Sent>(byFolder);
        var file = await File.ReadAllBytesAsync(Path.Combine(_folder, "0192f000-0000-7000-8000-000000000001.eml"), Ct);
        Assert.Equal(Encoding.ASCII.GetString(file), Encoding.ASCII.GetString(Assert.Single(_server.Mails)));
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

    [Theory]
    [InlineData("451 4.7.1 Grey-listed, try again", false)]
    [InlineData("550 5.1.1 <kari@drammen.example>: unknown", true)]
    public async Task A_refused_recipient_is_told_by_kind_and_without_the_address(string reply, bool isPermanent)
    {
        _server.RecipientReplies["kari@drammen.example"] = reply;

        var result = Assert.IsType<MailResult.Refused>(await Smtp(MailSecurity.None).Send(GivenMail.To(), Ct));

        Assert.Equal(isPermanent, result.IsPermanent);
        Assert.StartsWith(reply[..9], result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("kari", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_the_server_does_not_want_is_refused_for_good()
    {
        _server.DataReply = "554 5.7.1 Not wanted";

        var result = Assert.IsType<MailResult.Refused>(await Smtp(MailSecurity.None).Send(GivenMail.To(), Ct));

        Assert.True(result.IsPermanent);
    }

    [Fact]
    public async Task Silence_after_the_whole_mail_is_uncertain()
    {
        _server.DropsAfterData = true;

        var result = await Smtp(MailSecurity.None).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Uncertain>(result);
    }

    [Fact]
    public async Task Silence_in_the_middle_of_the_mail_is_not_a_mail_sent()
    {
        _server.DropsDuringData = true;

        var result = await Smtp(MailSecurity.None).Send(GivenMail.To(text: new string('a', 1_000_000)), Ct);

        Assert.True(result is MailResult.Unavailable or MailResult.Uncertain);
        Assert.Empty(_server.Mails);
    }

    [Fact]
    public async Task Nothing_is_sent_in_clear_to_a_server_that_does_not_offer_TLS()
    {
        _server.OffersAuth = true;

        var result = await Smtp(MailSecurity.StartTls, "tilskudd", "hemmelig").Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
        Assert.All(_server.Commands, command => Assert.True(command.StartsWith("EHLO", StringComparison.Ordinal) || command == "QUIT", command));
    }

    [Fact]
    public async Task The_password_is_sent_after_TLS_only()
    {
        (_server.OffersStartTls, _server.OffersAuth) = (true, true);

        var result = await Smtp(MailSecurity.StartTls, "tilskudd", "hemmelig").Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Sent>(result);
        Assert.Equal(
            ["EHLO tilskudd.example", "STARTTLS", "EHLO tilskudd.example", "AUTH PLAIN AHRpbHNrdWRkAGhlbW1lbGln", "MAIL FROM:<ikke-svar@tilskudd.example>", "RCPT TO:<kari@drammen.example>", "DATA", "QUIT"],
            _server.Commands);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_not_accepted()
    {
        _server.OffersStartTls = true;

        var result = await Smtp(MailSecurity.StartTls, trust: false).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
        Assert.DoesNotContain(_server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_said_in_clear_before_TLS_is_not_believed()
    {
        (_server.OffersStartTls, _server.SaidBeforeTls) = (true, "250 AUTH PLAIN");

        var result = await Smtp(MailSecurity.StartTls).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
        Assert.DoesNotContain(_server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again_later()
    {
        var settings = Settings(MailSecurity.None, null, null) with { Port = 1 };

        var result = await new SmtpMailer(settings).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
    }

    private SmtpMailer Smtp(MailSecurity security, string? user = null, string? password = null, bool trust = true) =>
        new(Settings(security, user, password), trust ? _server.Trust : null);

    private MailSettings Settings(MailSecurity security, string? user, string? password) =>
        new(MailKind.Smtp, _folder, "localhost", _server.Port, security, user, password, GivenMail.Sender, null);
}
