using System.Collections.Concurrent;
using System.Net;
using Tilskudd.Layout;

namespace Tilskudd.SignIn;

/// <summary>
/// Counts, per address on the net and minute, those who try links or addresses at random, and tells the operator when many places
/// together do (reliability rule L10). Forgotten at a restart, and that does no harm.
/// </summary>
internal sealed partial class Misses(TimeProvider clock, ILogger<Misses> log)
{
    /// <summary>Tries a minute from one place.</summary>
    public const int MostPerMinute = 20;

    /// <summary>Tries a minute from all places, before it is more than people who mistype.</summary>
    public const int Alarming = 200;

    private const int MostPlaces = 10_000;
    private readonly ConcurrentDictionary<(IPAddress Place, long Minute), int> _counts = new();
    private readonly Lock _whole = new();
    private long _minute;
    private int _inMinute;
    private DateTimeOffset? _alarmedAt;

    /// <summary>When the last alarm was raised; null when there has been none.</summary>
    public DateTimeOffset? AlarmedAt
    {
        get
        {
            lock (_whole)
            {
                return _alarmedAt;
            }
        }
    }

    /// <summary>Whether this place has tried too often within the minute.</summary>
    public bool AreTooMany(HttpContext context) => _counts.GetValueOrDefault(Key(context)) >= MostPerMinute;

    /// <summary>
    /// Counts one that led nowhere, and turns it away where there have been too many. Asked only once it has led nowhere: what opens is let
    /// in, whatever others on the same net have tried.
    /// </summary>
    public Refused? AreTooManyWith(HttpContext context)
    {
        if (AreTooMany(context))
        {
            return new Refused(StatusCodes.Status429TooManyRequests);
        }

        Count(context);
        return null;
    }

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
        if (IsAlarming(key.Minute))
        {
            LogAlarm(Alarming);
        }
    }

    // Once a minute at most: it is true of the very try that reaches the number.
    private bool IsAlarming(long minute)
    {
        lock (_whole)
        {
            (_minute, _inMinute) = (minute, minute == _minute ? _inMinute + 1 : 1);
            if (_inMinute != Alarming)
            {
                return false;
            }

            _alarmedAt = clock.GetUtcNow();
            return true;
        }
    }

    private (IPAddress Place, long Minute) Key(HttpContext context) =>
        (context.Connection.RemoteIpAddress ?? IPAddress.None, clock.GetUtcNow().ToUnixTimeSeconds() / 60);

    [LoggerMessage(LogLevel.Error, "{Tries} tries at links or addresses within a minute: somebody is guessing")]
    private partial void LogAlarm(int tries);
}
