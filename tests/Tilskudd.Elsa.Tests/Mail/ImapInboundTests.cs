using System.Text;
using Tilskudd.Elsa.Mail;
using Tilskudd.Notices.Inbound;
using Tilskudd.Notices.Mailing;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Elsa.Tests.Mail;

public sealed class ImapInboundTests : IAsyncLifetime
{
    private readonly SmtpStub _keys = new();
    private ImapStub _server = null!;
    private ImapInbound _inbound = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _server = new ImapStub(_keys.Certificate);
        _inbound = new ImapInbound(new InboundSettings("", new Uri($"imaps://localhost:{_server.Port}/INBOX"), "svar", "hemmelig"), null, _keys.Trust);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _inbound.DisposeAsync();
        await _server.DisposeAsync();
        await _keys.DisposeAsync();
    }

    [Fact]
    public async Task Mails_come_in_order_and_come_again_until_they_are_put_away()
    {
        Come(3, "Subject: tre\r\n\r\nc");
        Come(1, "Subject: en\r\n\r\na");

        var first = await _inbound.Next(20, Ct);
        var second = await _inbound.Next(20, Ct);
        await _inbound.PutAway(first[0], Shelf.Handled, Ct);
        var third = await _inbound.Next(20, Ct);

        Assert.Equal(["en", "tre"], first.Select(mail => MailPart.Read(mail.Bytes)["Subject"]));
        Assert.Equal(first.Select(mail => mail.Place), second.Select(mail => mail.Place));
        Assert.Equal("7/3", Assert.Single(third).Place);
        Assert.Equal([1u], _server.Folders["INBOX/behandlet"].Keys);
    }

    [Fact]
    public async Task A_batch_is_no_larger_than_asked_for_and_a_mail_no_larger_than_what_is_read()
    {
        Come(1, "Subject: stor\r\n\r\n" + new string('x', 3 * MailPart.MostBytes));
        Come(2, "Subject: to\r\n\r\n");

        var mail = Assert.Single(await _inbound.Next(1, Ct));

        Assert.Equal(MailPart.MostBytes, mail.Bytes.Length);
    }

    [Fact]
    public async Task Each_shelf_is_a_folder_under_the_mailbox()
    {
        foreach (var id in new uint[] { 1, 2, 3 })
        {
            Come(id, $"Subject: {id}\r\n\r\n");
        }

        var mails = await _inbound.Next(20, Ct);
        foreach (var (mail, shelf) in mails.Zip(Enum.GetValues<Shelf>()))
        {
            await _inbound.PutAway(mail, shelf, Ct);
        }

        Assert.Equal(["INBOX", "INBOX/behandlet", "INBOX/ukjent", "INBOX/ulest"], _server.Folders.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(_server.Folders["INBOX"]);
    }

    [Fact]
    public async Task A_mailbox_that_has_numbered_its_mails_anew_has_none_of_them_moved_by_an_old_number()
    {
        Come(1, "Subject: en\r\n\r\n");
        var mail = Assert.Single(await _inbound.Next(20, Ct)) with { Place = "6/1" };

        await _inbound.PutAway(mail, Shelf.Handled, Ct);

        Assert.Single(_server.Folders["INBOX"]);
    }

    [Fact]
    public async Task A_line_that_breaks_is_told_and_the_next_time_there_is_a_new_one()
    {
        Come(1, "Subject: en\r\n\r\n");
        _server.HangsUpAt = "UID SEARCH";
        var fault = await Assert.ThrowsAsync<IOException>(() => _inbound.Next(20, Ct));
        _server.HangsUpAt = "-";

        var mails = await _inbound.Next(20, Ct);

        Assert.Contains("Mail:Inbound", fault.Message, StringComparison.Ordinal);
        Assert.Single(mails);
    }

    [Theory]
    [InlineData("localhost", "feil", true)]
    [InlineData("127.0.0.1", "hemmelig", true)]
    [InlineData("localhost", "hemmelig", false)]
    public async Task A_wrong_password_name_or_certificate_opens_nothing_and_tells_no_secret(string host, string password, bool trusts)
    {
        await using var inbound = new ImapInbound(new InboundSettings("", new Uri($"imaps://{host}:{_server.Port}/INBOX"), "svar", password), null, trusts ? _keys.Trust : null);

        var fault = await Assert.ThrowsAsync<IOException>(() => inbound.Next(20, Ct));

        Assert.DoesNotContain(password, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Commands, command => command.StartsWith("SELECT", StringComparison.Ordinal));
    }

    private void Come(uint id, string mail) => _server.Folders["INBOX"].Add(id, Encoding.ASCII.GetBytes(mail));
}
