using System.Text;

namespace Tilskudd.Demo.Simulation;

/// <summary>Someone who takes part in the simulated year: a browser, a memory, and a chance of forgetting.</summary>
internal sealed class SimulatedPerson : IDisposable
{
    /// <summary>One mail in so many is forgotten until a reminder comes.</summary>
    private const int Forgets = 5;

    private readonly HashSet<string> _forgotten = [];

    public SimulatedPerson(LoadedPerson loaded, int seed, Uri site, LoadingPages pages)
    {
        Loaded = loaded;
        Random = new Random(Mixed(seed, loaded.Who.Email));
        Browser = new Visitor(site, pages);
    }

    public LoadedPerson Loaded { get; }

    public string Email => Loaded.Who.Email;

    public Visitor Browser { get; }

    /// <summary>All this person's chance comes from the seed and the address.</summary>
    public Random Random { get; }

    /// <summary>What has been written already, by address.</summary>
    public HashSet<string> Written { get; } = [];

    /// <summary>Whether a first mail about something slips this person's mind; what comes after it is a reminder.</summary>
    public bool IsForgotten(string about) => Random.Next(Forgets) == 0 && _forgotten.Add(about);

    public void Dispose() => Browser.Dispose();

    // FNV-1a: the runtime's own hash of a text differs from run to run.
    private static int Mixed(int seed, string text) =>
        unchecked((int)Encoding.UTF8.GetBytes(text).Aggregate(2166136261u ^ (uint)seed, (hash, next) => (hash ^ next) * 16777619u));
}
