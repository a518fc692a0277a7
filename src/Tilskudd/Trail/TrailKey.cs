using System.Security.Cryptography;
using System.Text;

namespace Tilskudd.Trail;

/// <summary>The key checkpoints are signed with: ECDSA over P-256. It lies outside the database, so that who can rewrite the one cannot sign for it.</summary>
internal sealed class TrailKey : IDisposable
{
    private const int Bits = 256;

    private readonly ECDsa _key;

    private TrailKey(ECDsa key, bool canSign) => (_key, CanSign) = (key, canSign);

    /// <summary>The public half, for those who verify.</summary>
    public string PublicPem => _key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>SHA-256 of the public half, to be read aloud and compared.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()));

    /// <summary>False for the public half alone.</summary>
    public bool CanSign { get; }

    /// <summary>The key of the settings, made here the first time something is signed.</summary>
    /// <inheritdoc cref="Find" path="/exception"/>
    public static async Task<TrailKey> Open(TrailSettings settings, CancellationToken ct = default) => await Find(settings, ct) ?? await Open(settings.KeyFile, ct);

    /// <summary>The key of the settings; null while nothing has been signed.</summary>
    /// <exception cref="InvalidDataException">It is no key; or it is gone, and what it has signed is there: another in its place would vouch for none of it.</exception>
    public static async Task<TrailKey?> Find(TrailSettings settings, CancellationToken ct = default) =>
        File.Exists(settings.KeyFile) ? await Open(settings.KeyFile, ct)
        : IsGone(settings) ? throw new InvalidDataException(Gone(settings))
        : null;

    /// <summary>Whether there is no key, and what one has signed is there.</summary>
    public static bool IsGone(TrailSettings settings) =>
        !File.Exists(settings.KeyFile) && Directory.Exists(settings.CheckpointFolder) && Directory.EnumerateFiles(settings.CheckpointFolder, "*.json").Any();

    /// <summary>What is told then, in Norwegian.</summary>
    public static string Gone(TrailSettings settings) => $"Nøkkelfilen «{settings.KeyFile}» (Trail:KeyFile) finnes ikke, men sporet er signert med den. Hent den fram igjen.";

    /// <summary>Reads a key, made here the first time: readable by its owner alone.</summary>
    public static async Task<TrailKey> Open(string file, CancellationToken ct = default)
    {
        if (!File.Exists(file))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var pem = Encoding.ASCII.GetBytes(made.ExportPkcs8PrivateKeyPem() + "\n");
            await DurableFile.Create(file, pem, UnixFileMode.UserRead | UnixFileMode.UserWrite, ct);
        }

        return Parse(await File.ReadAllTextAsync(file, ct)) ?? throw new InvalidDataException($"Trail:KeyFile «{file}» er ikke en ECDSA-nøkkel (P-256) i PEM-form.");
    }

    /// <summary>A public or private key over P-256 in PEM; null when it is neither.</summary>
    public static TrailKey? Parse(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == Bits)
            {
                return new TrailKey(key, pem.Contains("PRIVATE KEY-----", StringComparison.Ordinal));
            }

            key.Dispose();
            return null;
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException or PlatformNotSupportedException)
        {
            key.Dispose();
            return null;
        }
    }

    /// <summary>The signature over the text's UTF-8 bytes with SHA-256, in DER as other tools write it, as base64.</summary>
    public string Sign(string text) =>
        Convert.ToBase64String(_key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));

    /// <summary>Whether the signature, in DER or as two plain numbers, is this key's for the text.</summary>
    public bool HasSigned(string text, string signature)
    {
        var bytes = new byte[signature.Length];
        if (!Convert.TryFromBase64String(signature, bytes, out var length))
        {
            return false;
        }

        var signed = Encoding.UTF8.GetBytes(text);
        var given = bytes.AsSpan(0, length);
        return _key.VerifyData(signed, given, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            || _key.VerifyData(signed, given, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    public void Dispose() => _key.Dispose();
}
