using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Tilskudd.Notices.Inbound;
using Tilskudd.Notices.Mailing;

namespace Tilskudd.Elsa.Mail;

/// <summary>Mails that come into a folder of a mailbox (IMAP over TLS). Those put away lie in folders under it.</summary>
/// <param name="trust">Whom to trust instead of the machine's own list; null but for an internal certificate.</param>
internal sealed class ImapInbound(InboundSettings settings, AccessTokens? tokens = null, X509ChainPolicy? trust = null) : IInbound, IAsyncDisposable
{
    private const int DefaultPort = 993;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private ImapClient? _client;
    private IMailFolder? _inbox;

    public TimeSpan Pause => TimeSpan.FromMinutes(1);

    public Task<IReadOnlyList<ArrivedMail>> Next(int most, CancellationToken ct) => Guarded<IReadOnlyList<ArrivedMail>>(async () =>
    {
        var inbox = await Inbox(ct);
        var waiting = await inbox.SearchAsync(SearchQuery.NotDeleted, ct);
        var mails = new List<ArrivedMail>();
        foreach (var id in waiting.Order().Take(most))
        {
            await using var stream = await inbox.GetStreamAsync(id, 0, MailPart.MostBytes, ct);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, ct);
            mails.Add(new ArrivedMail(Place(inbox, id), bytes.ToArray()));
        }

        return mails;
    }, ct);

    public Task PutAway(ArrivedMail mail, Shelf shelf, CancellationToken ct) => Guarded(async () =>
    {
        var inbox = await Inbox(ct);
        var id = new UniqueId(uint.Parse(mail.Place.Split('/')[1], CultureInfo.InvariantCulture));

        // When the server numbers its mails anew, the number is another mail's.
        if (mail.Place == Place(inbox, id))
        {
            await inbox.MoveToAsync(id, await Under(inbox, shelf.Folder(), ct), ct);
        }

        return true;
    }, ct);

    public async ValueTask DisposeAsync()
    {
        if (_client is { IsConnected: true } open)
        {
            try
            {
                using var leaving = Patience.Within(TimeSpan.FromSeconds(2), CancellationToken.None);
                await open.DisconnectAsync(quit: true, leaving.Token);
            }
            catch (Exception gone) when (ServerTrust.IsOfTheWire(gone))
            {
                open.Dispose();
                return;
            }
        }

        _client?.Dispose();
    }

    private static string Place(IMailFolder inbox, UniqueId id) => $"{inbox.UidValidity.ToString(CultureInfo.InvariantCulture)}/{id.Id.ToString(CultureInfo.InvariantCulture)}";

    private static async Task<IMailFolder> Under(IMailFolder inbox, string name, CancellationToken ct)
    {
        try
        {
            return await inbox.GetSubfolderAsync(name, ct);
        }
        catch (FolderNotFoundException)
        {
            return await inbox.CreateAsync(name, isMessageFolder: true, ct) ?? throw new IOException($"Postkassen kan ikke ha mappen «{name}».");
        }
    }

    // The sweep rests when the way in is closed, and what is said of it holds no address.
    private async Task<T> Guarded<T>(Func<Task<T>> story, CancellationToken ct)
    {
        try
        {
            return await story();
        }
        catch (Exception broken) when ((ServerTrust.IsOfTheWire(broken) || broken is FolderNotFoundException or FolderNotOpenException) && !ct.IsCancellationRequested)
        {
            _client?.Dispose();
            (_client, _inbox) = (null, null);
            throw new IOException($"Postkassen i Mail:Inbound svarer ikke som den skal: {MailReason.Of(broken.Message)}");
        }
    }

    private async Task<IMailFolder> Inbox(CancellationToken ct)
    {
        if (_client is { IsConnected: true, IsAuthenticated: true } && _inbox is { IsOpen: true } open)
        {
            // Tells of new mails, or that the line is dead.
            await _client.NoOpAsync(ct);
            return open;
        }

        _client?.Dispose();
        _client = new ImapClient { Timeout = (int)LongestWait.TotalMilliseconds };
        _client.Guard(trust);
        using var opening = Patience.Within(LongestWait, ct);
        var (server, user) = (settings.Server!, settings.User!);
        await _client.ConnectAsync(server.Host, server.Port > 0 ? server.Port : DefaultPort, SecureSocketOptions.SslOnConnect, opening.Token);
        if (settings.Password is { } password)
        {
            await _client.AuthenticateAsync(user, password, opening.Token);
        }
        else
        {
            await (tokens ?? throw new InvalidOperationException("A mailbox without a password needs OAuth; the settings are checked for it.")).SignIn(_client, user, opening.Token);
        }

        _inbox = await _client.GetFolderAsync(Uri.UnescapeDataString(server.AbsolutePath.TrimStart('/')), opening.Token);
        await _inbox.OpenAsync(FolderAccess.ReadWrite, opening.Token);
        return _inbox;
    }
}
