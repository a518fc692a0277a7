using System.Text;
using Tilskudd.Setup;

namespace Tilskudd.Notices.Mailing;

/// <summary>One conversation with a mail server, line by line.</summary>
internal sealed class SmtpTalk(Stream wire) : IMailLine
{
    private const int LongestReply = 8 * 1024;
    private readonly byte[] _buffer = new byte[4096];
    private Stream _wire = wire;
    private int _start;
    private int _end;

    public bool IsUsed { get; set; }

    public bool IsConnected { get; private set; } = true;

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Says a line, or nothing, and demands a reply of a kind.</summary>
    /// <param name="kind">The first digit of the reply.</param>
    /// <param name="isAboutThisMail">A no is then about the mail or its recipient, and not about us.</param>
    /// <returns>The reply's lines without their numbers, the first (a greeting) left out.</returns>
    /// <exception cref="SmtpRefusal">The server replied otherwise.</exception>
    public async Task<IReadOnlyList<string>> Expect(int kind, string? line, bool isAboutThisMail, CancellationToken ct)
    {
        if (line is not null)
        {
            await _wire.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), ct);
            await _wire.FlushAsync(ct);
        }

        var lines = await Reply(ct);

        // By 421 a server says that it hangs up, whatever it was asked (RFC 5321 section 3.8).
        IsConnected &= !lines[0].StartsWith("421", StringComparison.Ordinal);
        if (lines[0][0] != '0' + kind)
        {
            throw new SmtpRefusal(string.Join(' ', lines), isAboutThisMail, isPermanent: lines[0][0] == '5');
        }

        return [.. lines.Skip(1).Select(text => text[4..])];
    }

    /// <summary>Goes on over another stream. What the server had already said in clear is not believed (GHSA-9j88-vvj5-vhgr).</summary>
    /// <exception cref="InvalidDataException">There was something.</exception>
    public async Task Change(Func<Stream, Task<Stream>> change)
    {
        if (_start < _end)
        {
            throw new InvalidDataException("Serveren sa mer enn den skulle før STARTTLS.");
        }

        _wire = await change(_wire);
    }

    /// <summary>Sends a message without its end; a line that begins with a dot gets another before it (RFC 5321 section 4.5.2).</summary>
    public async Task Write(byte[] message, CancellationToken ct)
    {
        var stuffed = new List<byte>(message.Length + 64);
        var isNewLine = true;
        foreach (var letter in message)
        {
            if (isNewLine && letter == '.')
            {
                stuffed.Add((byte)'.');
            }

            stuffed.Add(letter);
            isNewLine = letter == '\n';
        }

        await _wire.WriteAsync(stuffed.ToArray(), ct);
        await _wire.FlushAsync(ct);
    }

    /// <summary>Ends the message and waits for the server to take it over.</summary>
    public Task End(CancellationToken ct) => Expect(2, ".", isAboutThisMail: true, ct);

    public Task Ask(CancellationToken ct) => Expect(2, "NOOP", isAboutThisMail: false, ct);

    public Task Leave(CancellationToken ct) => Expect(2, "QUIT", isAboutThisMail: false, ct);

    public void Dispose() => _wire.Dispose();

    private async Task<List<string>> Reply(CancellationToken ct)
    {
        var lines = new List<string>();
        var length = 0;
        do
        {
            var line = await Line(ct);
            length += line.Length;
            if (line.Length < 3 || !line[..3].All(char.IsAsciiDigit) || (line.Length > 3 && line[3] is not (' ' or '-')) || length > LongestReply)
            {
                throw new InvalidDataException("Serveren svarte noe som ikke er SMTP.");
            }

            lines.Add(line.Length == 3 ? line + " " : line);
        }
        while (lines[^1][3] == '-');
        return lines;
    }

    private async Task<string> Line(CancellationToken ct)
    {
        var line = new List<byte>();
        while (line.Count < LongestReply)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, await _wire.ReadAsync(_buffer, ct));
                if (_end == 0)
                {
                    throw new ToldFault("Serveren la på.");
                }
            }

            var letter = _buffer[_start++];
            if (letter == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(letter);
        }

        throw new InvalidDataException("Serveren svarte en altfor lang linje.");
    }
}
