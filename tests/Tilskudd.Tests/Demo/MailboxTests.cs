using Tilskudd.Demo.Simulation;
using Tilskudd.Notices.Mailing;
using Tilskudd.Tests.Conformance;

namespace Tilskudd.Tests.Demo;

/// <summary>The folder the simulated people's mails are put in.</summary>
public sealed class MailboxTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mailbox-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_has_come_is_whole_and_is_given_once()
    {
        var mails = new ArrivingMails(_folder);
        var mail = GivenMail.To(subject: "Strømsø");

        Assert.IsType<MailResult.Sent>(await mails.Send(mail, Ct));

        Assert.Equal(MailReader.Read(MimeWriter.Write(mail)), Assert.Single(await mails.Take()));
        Assert.Equal(MimeWriter.Write(mail), await File.ReadAllBytesAsync(Path.Combine(_folder, $"{mail.Id}.eml"), Ct));
        Assert.Empty(await mails.Take());
    }

    [Fact]
    public async Task A_mail_the_folder_does_not_take_stops_whoever_waits_for_it()
    {
        var file = Path.Combine(_folder, "fil");
        await File.WriteAllTextAsync(file, "", Ct);
        var mails = new ArrivingMails(file);

        await mails.Send(GivenMail.To(), Ct);

        Assert.Contains("kunne ikke skrives", (await Assert.ThrowsAnyAsync<IOException>(mails.Take)).Message, StringComparison.Ordinal);
    }
}
