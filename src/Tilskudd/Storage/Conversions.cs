using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;
using Tilskudd.Cycle;
using Tilskudd.Cycle.Year;

namespace Tilskudd.Storage;

/// <summary>An id as its Guid. On SQLite that is text, whose order for version-7 Guids is the order in which they were made.</summary>
internal sealed class IdConversion<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => From(value))
    where TId : struct, IId<TId>
{
    // An expression tree may not name a static member of an interface.
    private static TId From(Guid value) => TId.From(value);
}

/// <summary>Money as whole øre.</summary>
internal sealed class MoneyConversion() : ValueConverter<Money, long>(money => money.Ore, ore => new Money(ore));

internal sealed class GrantYearConversion() : ValueConverter<GrantYear, int>(year => year.Number, number => new GrantYear(number));

/// <summary>An instant as UTC in whole milliseconds, which compares in time order on every database.</summary>
internal sealed class InstantConversion() : ValueConverter<DateTimeOffset, DateTime>(at => Instants.ToMillisecond(at).UtcDateTime, utc => FromUtc(utc))
{
    private static DateTimeOffset FromUtc(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}

/// <summary>A list of values as JSON, ids as their Guids.</summary>
internal sealed class ListConversion<T>() : ValueConverter<List<T>, string>(list => JsonSerializer.Serialize(list, JsonIds.Options), text => JsonSerializer.Deserialize<List<T>>(text, JsonIds.Options)!);

/// <summary>How ids of every kind stand in JSON.</summary>
internal sealed class JsonIds : JsonConverterFactory
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new JsonIds() } };

    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsValueType && typeToConvert.GetInterfaces().Any(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IId<>));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<TId> : JsonConverter<TId> where TId : struct, IId<TId>
    {
        public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TId.From(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}

internal sealed class LocalDateConversion() : ValueConverter<LocalDate, DateOnly>(date => date.ToDateOnly(), date => LocalDate.FromDateOnly(date));

internal sealed class LocalTimeConversion() : ValueConverter<LocalTime, TimeOnly>(time => time.ToTimeOnly(), time => LocalTime.FromTimeOnly(time));

internal static class Instants
{
    /// <summary>The instant in UTC, with what is finer than a millisecond cut off.</summary>
    public static DateTimeOffset ToMillisecond(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
