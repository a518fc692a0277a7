using System.Collections.Concurrent;
using System.Net;

namespace Tilskudd.SignIn;

/// <summary>Counts, per address on the net and minute, those who try links or addresses at random (reliability rule L10). Forgotten at a restart, and that does no harm.</summary>
internal sealed class Misses(TimeProvider clock)
{
    /// <summary>Tries a minute from one place.</summary>
    public const int MostPerMinute = 20;

    private const int MostPlaces = 10_000;
    private readonly ConcurrentDictionary<(IPAddress Place, long Minute), int> _counts = new();

    /// <summary>Whether this place has tried too often within the minute.</summary>
    public bool AreTooMany(HttpContext context) => _counts.GetValueOrDefault(Key(context)) >= MostPerMinute;

    /// <summary>Counts one.</summary>
    public void Count(HttpContext context)
    {
        var key = Key(context);
        if (_counts.Count >= MostPlaces)
        {
            foreach (var old in _counts.Keys.Where(old => old.Minute < key.Minute))
            {
                _counts.TryRemove(old, out _);
            }
        }

        _counts.AddOrUpdate(key, 1, (_, count) => count + 1);
    }

    private (IPAddress Place, long Minute) Key(HttpContext context) =>
        (context.Connection.RemoteIpAddress ?? IPAddress.None, clock.GetUtcNow().ToUnixTimeSeconds() / 60);
}
