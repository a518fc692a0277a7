using System.Text.Json;
using MailKit;
using MailKit.Security;

namespace Tilskudd.Elsa.Mail;

/// <summary>Tokens for mail servers that take no passwords (OAuth 2, client credentials: RFC 6749 section 4.4). One is used until shortly before it ends.</summary>
internal sealed class AccessTokens(OAuthSettings settings, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What is assumed where the provider does not say how long (RFC 6749 section 5.1 recommends that it does).</summary>
    private static readonly TimeSpan Unsaid = TimeSpan.FromMinutes(5);

    /// <summary>A token must live through the conversation it opens.</summary>
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly SemaphoreSlim _turn = new(1, 1);
    private string _token = "";
    private DateTimeOffset _until;

    /// <summary>Signs a user in to a server with a token.</summary>
    /// <exception cref="AuthenticationException">There is no token to be had, or the server does not take it.</exception>
    public async Task SignIn(IMailService server, string user, CancellationToken ct)
    {
        var token = await Get(ct);
        try
        {
            await server.AuthenticateAsync(server.AuthenticationMechanisms.Contains("XOAUTH2") ? new SaslMechanismOAuth2(user, token) : new SaslMechanismOAuthBearer(user, token), ct);
        }
        catch (AuthenticationException)
        {
            // It may have been withdrawn: the next try gets a fresh one.
            _until = DateTimeOffset.MinValue;
            throw;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _turn.Dispose();
    }

    private async Task<string> Get(CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            if (clock.GetUtcNow() >= _until)
            {
                (_token, var life) = await Ask(ct);
                _until = clock.GetUtcNow() + (life > 2 * Spare ? life - Spare : life / 2);
            }

            return _token;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<(string Token, TimeSpan Life)> Ask(CancellationToken ct)
    {
        List<KeyValuePair<string, string>> form = [new("grant_type", "client_credentials"), new("client_id", settings.ClientId), new("client_secret", settings.ClientSecret)];
        if (settings.Scope.Length > 0)
        {
            form.Add(new("scope", settings.Scope));
        }

        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await _http.PostAsync(settings.TokenEndpoint, content, ct);
            if (!answer.IsSuccessStatusCode)
            {
                throw new AuthenticationException($"Tjenesten i Mail:OAuth:TokenEndpoint svarte {(int)answer.StatusCode} og ga ingen tilgang.");
            }

            using var read = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ct));
            var token = read.RootElement.GetProperty("access_token").GetString() ?? "";
            var life = read.RootElement.TryGetProperty("expires_in", out var seconds) && seconds.TryGetInt32(out var many) ? TimeSpan.FromSeconds(many) : Unsaid;
            return token.Length > 0 ? (token, life) : throw new AuthenticationException("Tjenesten i Mail:OAuth:TokenEndpoint ga en tom tilgang.");
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException || (failure is TaskCanceledException && !ct.IsCancellationRequested))
        {
            throw new AuthenticationException("Tjenesten i Mail:OAuth:TokenEndpoint svarte ikke, eller svarte noe annet enn en tilgang.", failure);
        }
    }
}
