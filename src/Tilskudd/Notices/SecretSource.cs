using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tilskudd.Notices;

/// <summary>Makes what only the reader of a mail may know. The secrets themselves are kept nowhere; what is kept is their SHA-256.</summary>
internal sealed class SecretSource(RandomNumberGenerator random)
{
    private const int TokenBytes = 32;

    /// <summary>256 bits as base64url (reliability rule L1).</summary>
    public string Token()
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        random.GetBytes(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>A code of so many digits.</summary>
    public string Code(int digits)
    {
        // Of 64 bits the leaning towards low numbers is beyond measure.
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        random.GetBytes(bytes);
        var number = BinaryPrimitives.ReadUInt64BigEndian(bytes) % (ulong)Math.Pow(10, digits);
        return number.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>What is kept of a secret: SHA-256 in lower-case hexadecimal.</summary>
    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    /// <summary>Compares two hashes in a time that does not tell where they differ.</summary>
    public static bool AreEqual(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(other));

    /// <summary>A token without the marks mail programs hang on the end of an address.</summary>
    public static string Trimmed(string token) => token.TrimEnd('.', ',', ')', '>', ']', ';', ' ', '=', '\u00A0');
}
