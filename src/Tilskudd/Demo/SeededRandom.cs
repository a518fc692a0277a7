using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tilskudd.Demo;

/// <summary>Randomness that is the same for the same seed, for simulated years: SHA-256 over the seed and a counter.</summary>
internal sealed class SeededRandom(long seed) : RandomNumberGenerator
{
    private readonly Lock _turn = new();
    private readonly byte[] _block = new byte[SHA256.HashSizeInBytes];
    private long _counter;
    private int _used = SHA256.HashSizeInBytes;

    public override void GetBytes(byte[] data) => Fill(data);

    public override void GetBytes(Span<byte> data) => Fill(data);

    public override void GetNonZeroBytes(byte[] data) => GetNonZeroBytes(data.AsSpan());

    public override void GetNonZeroBytes(Span<byte> data)
    {
        for (var place = 0; place < data.Length; place++)
        {
            do
            {
                Fill(data.Slice(place, 1));
            }
            while (data[place] == 0);
        }
    }

    private new void Fill(Span<byte> data)
    {
        lock (_turn)
        {
            foreach (ref var one in data)
            {
                if (_used == _block.Length)
                {
                    NextBlock();
                }

                one = _block[_used++];
            }
        }
    }

    private void NextBlock()
    {
        Span<byte> input = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(input, seed);
        BinaryPrimitives.WriteInt64BigEndian(input[8..], _counter++);
        SHA256.HashData(input, _block);
        _used = 0;
    }
}
