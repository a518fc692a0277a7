using System.Security.Cryptography.X509Certificates;
using System.Text;
using Tilskudd.Demo;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Tests.Conformance;

/// <summary>What any mailer to a server must do, against a server that misbehaves as it is told.</summary>
public abstract class MailerConformance : IAsyncDisposable
{
    private readonly List<IMailer> _mailers = [];

    private protected SmtpStub Server { get; } = new();

    private protected SimulatedClock Clock { get; } = new(new DateTimeOffset(2024, 11, 20, 8, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var mailer in _mailers.OfType<IAsyncDisposable>())
        {
            await mailer.DisposeAsync();
        }

        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The mailer under test.</summary>
    /// <param name="trust">Whom it trusts; null for the machine's own list.</param>
    private protected abstract IMailer New(MailSettings settings, X509ChainPolicy? trust);

    [Fact]
    public async Task The_mail_arrives_as_the_bytes_every_mailer_sends()
    {
        var mail = GivenMail.To(subject: "Strømsø", text: ".\n.. to prikker\nslutt\n");

        var result = await Smtp(MailSecurity.None).Send(mail, Ct);

        Assert.IsType<MailResult.Sent>(result);
        Assert.Equal(Encoding.ASCII.GetString(MimeWriter.Write(mail)), Encoding.ASCII.GetString(Assert.Single(Server.Mails)));
    }

    [Fact]
    public async Task A_mail_sent_again_keeps_its_message_id()
    {
        var mailer = Smtp(MailSecurity.None);

        await mailer.Send(GivenMail.To(), Ct);
        await mailer.Send(GivenMail.To(), Ct);

        Assert.Equal(2, Server.Mails.Count);
        Assert.Single(Server.Mails.Select(mail => MailReader.Read(mail).MessageId).Distinct());
    }

    [Fact]
    public async Task A_refused_recipient_does_not_stop_the_next_mail()
    {
        Server.RecipientReplies["kari@drammen.example"] = "550 5.1.1 Unknown";
        var mailer = Smtp(MailSecurity.None);

        var refused = await mailer.Send(GivenMail.To(), Ct);
        var sent = await mailer.Send(GivenMail.To(address: "ola@drammen.example"), Ct);

        Assert.IsType<MailResult.Refused>(refused);
        Assert.IsType<MailResult.Sent>(sent);
    }

    [Theory]
    [InlineData("451 4.7.1 Grey-listed, try again", false)]
    [InlineData("550 5.1.1 <kari@drammen.example>: unknown", true)]
    public async Task A_refused_recipient_is_told_by_kind_and_without_the_address(string reply, bool isPermanent)
    {
        Server.RecipientReplies["kari@drammen.example"] = reply;

        var result = Assert.IsType<MailResult.Refused>(await Smtp(MailSecurity.None).Send(GivenMail.To(), Ct));

        Assert.Equal(isPermanent, result.IsPermanent);
        Assert.StartsWith(reply[..9], result.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("kari", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_the_server_will_not_begin_on_is_refused()
    {
        Server.DataCommandReply = "451 4.3.0 Not now";

        var result = Assert.IsType<MailResult.Refused>(await Smtp(MailSecurity.None).Send(GivenMail.To(), Ct));

        Assert.False(result.IsPermanent);
    }

    [Fact]
    public async Task TLS_from_the_first_byte_is_spoken_where_it_is_asked_for()
    {
        Server.IsTls = true;

        var result = await Smtp(MailSecurity.Tls).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Sent>(result);
        Assert.DoesNotContain("STARTTLS", Server.Commands);
    }

    [Fact]
    public async Task A_certificate_for_another_name_is_not_accepted()
    {
        Server.OffersStartTls = true;

        var result = await Mailer(Settings(MailSecurity.StartTls, null, null) with { Host = "127.0.0.1" }, Server.Trust).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
        Assert.DoesNotContain(Server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_mail_the_server_does_not_want_is_refused_for_good()
    {
        Server.DataReply = "554 5.7.1 Not wanted";

        var result = Assert.IsType<MailResult.Refused>(await Smtp(MailSecurity.None).Send(GivenMail.To(), Ct));

        Assert.True(result.IsPermanent);
    }

    [Fact]
    public async Task Silence_after_the_whole_mail_is_uncertain()
    {
        Server.DropsAfterData = true;

        var result = await Smtp(MailSecurity.None).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Uncertain>(result);
    }

    [Fact]
    public async Task Silence_in_the_middle_of_the_mail_is_not_a_mail_sent()
    {
        Server.DropsDuringData = true;

        var result = await Smtp(MailSecurity.None).Send(GivenMail.To(text: new string('a', 1_000_000)), Ct);

        Assert.True(result is MailResult.Unavailable or MailResult.Uncertain);
        Assert.Empty(Server.Mails);
    }

    [Fact]
    public async Task Nothing_is_sent_in_clear_to_a_server_that_does_not_offer_TLS()
    {
        Server.OffersAuth = true;

        var result = await Smtp(MailSecurity.StartTls, "tilskudd", "hemmelig").Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
        Assert.All(Server.Commands, command => Assert.True(command.StartsWith("EHLO", StringComparison.Ordinal) || command == "QUIT", command));
    }

    [Fact]
    public async Task The_password_is_sent_after_TLS_only()
    {
        (Server.OffersStartTls, Server.OffersAuth) = (true, true);

        var result = await Smtp(MailSecurity.StartTls, "tilskudd", "hemmelig").Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Sent>(result);
        Assert.Equal(
            ["EHLO tilskudd.example", "STARTTLS", "EHLO tilskudd.example", "AUTH PLAIN AHRpbHNrdWRkAGhlbW1lbGln", "MAIL FROM:<ikke-svar@tilskudd.example>", "RCPT TO:<kari@drammen.example>", "DATA"],
            Server.Commands.Where(command => command != "QUIT"));
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_not_accepted()
    {
        Server.OffersStartTls = true;

        var result = await Smtp(MailSecurity.StartTls, trust: false).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
        Assert.DoesNotContain(Server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_said_in_clear_before_TLS_is_not_believed()
    {
        (Server.OffersStartTls, Server.SaidBeforeTls) = (true, "250 AUTH PLAIN");

        var result = await Smtp(MailSecurity.StartTls, "tilskudd", "hemmelig").Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
        Assert.DoesNotContain(Server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal) || command.StartsWith("AUTH", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_tried_again_later()
    {
        var settings = Settings(MailSecurity.None, null, null) with { Port = 1 };

        var result = await Mailer(settings, null).Send(GivenMail.To(), Ct);

        Assert.IsType<MailResult.Unavailable>(result);
    }

    [Fact]
    public async Task One_after_another_goes_over_one_line()
    {
        var mailer = Smtp(MailSecurity.None);

        for (var number = 0; number < 5; number++)
        {
            Assert.IsType<MailResult.Sent>(await mailer.Send(GivenMail.To(), Ct));
        }

        Assert.Equal((1, 5), (Server.Connections, Server.Mails.Count));
    }

    [Fact]
    public async Task Many_at_once_go_over_a_few_lines()
    {
        var mailer = Smtp(MailSecurity.None);

        var results = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => mailer.Send(GivenMail.To(), Ct)));

        Assert.All(results, result => Assert.IsType<MailResult.Sent>(result));
        Assert.InRange(Server.Connections, 1, 4);
    }

    [Fact]
    public async Task A_line_the_server_has_hung_up_costs_no_mail()
    {
        Server.HangsUpAfterMail = true;
        var mailer = Smtp(MailSecurity.None);

        for (var number = 0; number < 4; number++)
        {
            Assert.IsType<MailResult.Sent>(await mailer.Send(GivenMail.To(), Ct));
        }

        Assert.Equal((4, 4), (Server.Connections, Server.Mails.Count));
    }

    [Fact]
    public async Task A_line_that_has_rested_is_asked_first_and_one_that_has_rested_long_is_left()
    {
        var mailer = Smtp(MailSecurity.None);
        await mailer.Send(GivenMail.To(), Ct);
        Clock.Advance(TimeSpan.FromMinutes(1));
        await mailer.Send(GivenMail.To(), Ct);
        var asked = Server.Commands.Contains("NOOP");
        Clock.Advance(TimeSpan.FromMinutes(3));

        await mailer.Send(GivenMail.To(), Ct);

        Assert.True(asked);
        Assert.Equal((2, 3), (Server.Connections, Server.Mails.Count));
    }

    [Fact]
    public async Task A_line_carries_on_after_a_mail_that_was_refused()
    {
        Server.RecipientReplies["kari@drammen.example"] = "550 5.1.1 Unknown";
        var mailer = Smtp(MailSecurity.None);

        await mailer.Send(GivenMail.To(), Ct);
        await mailer.Send(GivenMail.To(address: "ola@drammen.example"), Ct);

        Assert.Equal((1, 1), (Server.Connections, Server.Mails.Count));
        Assert.Equal(["MAIL", "RCPT", "RSET", "MAIL", "RCPT", "DATA"], Server.Commands.Select(command => command.Split(' ')[0]).Where(command => command is not ("EHLO" or "QUIT")));
    }

    [Fact]
    public async Task A_server_that_takes_only_so_many_mails_over_a_line_costs_none()
    {
        Server.MostMails = 2;
        var mailer = Smtp(MailSecurity.None);

        for (var number = 0; number < 5; number++)
        {
            Assert.IsType<MailResult.Sent>(await mailer.Send(GivenMail.To(), Ct));
        }

        Assert.Equal((3, 5), (Server.Connections, Server.Mails.Count));
    }

    [Fact]
    public async Task A_server_that_takes_no_mail_at_all_closes_the_way_out()
    {
        Server.MostMails = 0;

        var result = await Smtp(MailSecurity.None).Send(GivenMail.To(), Ct);

        Assert.StartsWith("421 4.7.0", Assert.IsType<MailResult.Unavailable>(result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mailer_that_is_put_away_says_goodbye()
    {
        var mailer = New(Settings(MailSecurity.None, null, null), null);
        await mailer.Send(GivenMail.To(), Ct);

        await ((IAsyncDisposable)mailer).DisposeAsync();

        Assert.Equal("QUIT", Server.Commands.Last());
    }

    [Fact]
    public void Few_that_wait_go_one_by_one_and_many_over_all_lines()
    {
        var mailer = Smtp(MailSecurity.None);

        Assert.Equal((1, 1, 4), (mailer.AtOnce(1), mailer.AtOnce(99), mailer.AtOnce(100)));
    }

    private protected IMailer Smtp(MailSecurity security, string? user = null, string? password = null, bool trust = true) =>
        Mailer(Settings(security, user, password), trust ? Server.Trust : null);

    private protected IMailer Mailer(MailSettings settings, X509ChainPolicy? trust) => Kept(New(settings, trust));

    /// <summary>A mailer that is put away after the test.</summary>
    private protected IMailer Kept(IMailer mailer)
    {
        _mailers.Add(mailer);
        return mailer;
    }

    private protected MailSettings Settings(MailSecurity security, string? user, string? password) =>
        new(MailKind.Smtp, "", "localhost", Server.Port, security, user, password, GivenMail.Sender, new InboundSettings(""));
}
