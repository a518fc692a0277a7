namespace Tilskudd.Planning;

/// <summary>The bytes of an attachment, kept once whatever plans have it, and as long as any version may show it.</summary>
internal sealed class StoredFile
{
    private StoredFile() { }

    public StoredFile(string sha256, byte[] bytes, DateTimeOffset at) => (Sha256, Bytes, At) = (sha256, bytes, at);

    /// <summary>SHA-256 of the bytes, in lower-case hex.</summary>
    public string Sha256 { get; private set; } = "";

    public byte[] Bytes { get; private set; } = [];

    public DateTimeOffset At { get; private set; }
}
