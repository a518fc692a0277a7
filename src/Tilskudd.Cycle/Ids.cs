using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tilskudd.Cycle;

/// <summary>An identity with a type of its own, so that a plan's id can never be given where a person's is asked for.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

/// <summary>The house's only source of ids: version-7 Guids (RFC 9562) from the given clock and randomness, so that a simulated year gets the same ids twice.</summary>
public sealed class Ids(TimeProvider clock, RandomNumberGenerator random)
{
    public TId Next<TId>() where TId : struct, IId<TId> => TId.From(Next());

    public Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.GetBytes(bytes[6..]);
        var milliseconds = clock.GetUtcNow().ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)(milliseconds >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[2..], (uint)milliseconds);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
