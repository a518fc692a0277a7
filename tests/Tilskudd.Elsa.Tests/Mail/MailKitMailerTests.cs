using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MimeKit;
using Tilskudd.Elsa.Mail;
using Tilskudd.Notices.Mailing;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Elsa.Tests.Mail;

public sealed class MailKitMailerTests : MailerConformance
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected override IMailer New(MailSettings settings, X509ChainPolicy? trust) => new MailKitMailer(settings, Clock, null, trust);

    [Fact]
    public void The_message_says_the_same_to_both_readers()
    {
        var mail = GivenMail.To(name: "Åse <ond@evil.example>", subject: "Til godkjenning: Strømsø 🎉", text: "Hei Åse.\n.\nSlutt\n", html: "<p>Hei &amp; hå</p>") with { ThreadId = "forste@tilskudd.example" };
        var bytes = MimeWriter.Write(mail);
        var read = MailReader.Read(bytes);

        using var message = MimeMessage.Load(new MemoryStream(bytes), Ct);

        Assert.Equal(read.Subject, message.Subject);
        Assert.Equal((read.To, read.ToName), (Assert.Single(message.To.Mailboxes).Address, message.To.Mailboxes.Single().Name));
        Assert.Equal(read.ReplyTo, Assert.Single(message.ReplyTo.Mailboxes).Address);
        Assert.Equal((read.MessageId, read.InReplyTo, read.InReplyTo), (message.MessageId, message.InReplyTo, Assert.Single(message.References)));
        Assert.Equal(read.Date, message.Date);
        Assert.Equal(read.Text, message.TextBody!.ReplaceLineEndings("\n"));
        Assert.Equal(read.Html, message.HtmlBody!.ReplaceLineEndings("\n"));
        Assert.Equal("auto-generated", message.Headers[HeaderId.AutoSubmitted]);
        using var again = new MemoryStream();
        message.WriteTo(again, Ct);
        Assert.Equal(Encoding.ASCII.GetString(bytes).ReplaceLineEndings("\n"), Encoding.ASCII.GetString(again.ToArray()).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_user_without_a_password_signs_in_with_a_token_that_is_asked_for_once()
    {
        (Server.OffersStartTls, Server.OffersAuth, Server.Ways) = (true, true, "XOAUTH2");
        await using var provider = new TokenStub();
        using var tokens = new AccessTokens(provider.Settings, Clock);
        for (var line = 0; line < 3; line++)
        {
            var mailer = Mailer(Settings(MailSecurity.StartTls, "ikke-svar@tilskudd.example", null), Server.Trust, tokens);
            Assert.IsType<MailResult.Sent>(await mailer.Send(GivenMail.To(), Ct));
        }

        var asked = provider.Asked.Count;
        Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.IsType<MailResult.Sent>(await Mailer(Settings(MailSecurity.StartTls, "ikke-svar@tilskudd.example", null), Server.Trust, tokens).Send(GivenMail.To(), Ct));

        Assert.Equal((1, 2), (asked, provider.Asked.Count));
        Assert.Equal("grant_type=client_credentials&client_id=tilskudd&client_secret=hemmelig&scope=mail", provider.Asked.First());
        var sent = Assert.Single(Server.Commands.Where(command => command.StartsWith("AUTH", StringComparison.Ordinal)).Take(1));
        Assert.Equal("user=ikke-svar@tilskudd.example\u0001auth=Bearer tegn-1\u0001\u0001", Encoding.ASCII.GetString(Convert.FromBase64String(sent["AUTH XOAUTH2 ".Length..])));
    }

    [Fact]
    public async Task A_provider_that_gives_no_token_closes_the_way_out_and_tells_no_secret()
    {
        (Server.OffersStartTls, Server.OffersAuth, Server.Ways) = (true, true, "XOAUTH2");
        await using var provider = new TokenStub { Status = HttpStatusCode.Unauthorized };
        using var tokens = new AccessTokens(provider.Settings, Clock);

        var result = Assert.IsType<MailResult.Unavailable>(await Mailer(Settings(MailSecurity.StartTls, "x", null), Server.Trust, tokens).Send(GivenMail.To(), Ct));

        Assert.Contains("401", result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("hemmelig", result.Reason, StringComparison.Ordinal);
        Assert.Empty(Server.Mails);
    }

    private IMailer Mailer(MailSettings settings, X509ChainPolicy? trust, AccessTokens? tokens) => Kept(new MailKitMailer(settings, Clock, tokens, trust));
}
