using System.Security.Cryptography;
using System.Text;

namespace Tilskudd.Trail;

/// <summary>
/// What stands in the trail instead of something personal: it shows that two entries concern the same value, and says nothing
/// more. Once the person's salt is deleted, nobody can tell what it was.
/// </summary>
internal static class Pseudonym
{
    /// <summary>HMAC-SHA256 of the value under the person's salt, in lower-case hexadecimal.</summary>
    /// <param name="salt">The person's secret salt; an empty one is a deleted one.</param>
    public static string Of(string salt, string value) => salt.Length > 0
        ? Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(salt), Encoding.UTF8.GetBytes(value)))
        : throw new InvalidOperationException("A pseudonym needs a salt; without one anyone could compute it.");
}
