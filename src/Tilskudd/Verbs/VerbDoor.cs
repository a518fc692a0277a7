using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Tilskudd.Cycle;
using Tilskudd.Storage;

namespace Tilskudd.Verbs;

/// <summary>The door to the database of a verb that writes.</summary>
internal sealed class VerbDoor : IDisposable
{
    private readonly WriterLine _line = new(TimeSpan.FromSeconds(15));
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly Door _door;

    public VerbDoor(VerbDatabase database) => _door = new Door(database, _line, VerbDatabase.Clock, new Ids(VerbDatabase.Clock, _random), NullLogger<Door>.Instance);

    public async Task Write(Action<Writing> story)
    {
        var refusal = await _door.Write(writing =>
        {
            story(writing);
            return Task.FromResult<Refusal?>(null);
        });
        if (refusal is not null)
        {
            throw new InvalidOperationException($"A line of the trail was refused: {refusal}.");
        }
    }

    /// <summary>Tells a story that may be refused.</summary>
    /// <returns>Null once all is saved; else the refusal, after which nothing is kept.</returns>
    public Task<Refusal?> Write(Func<Writing, Task<Refusal?>> story) => _door.Write(story);

    public void Dispose()
    {
        _random.Dispose();
        _line.Dispose();
    }
}
