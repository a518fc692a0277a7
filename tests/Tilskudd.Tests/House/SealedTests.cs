using System.Reflection;
using System.Runtime.CompilerServices;
using Tilskudd.Cycle;
using Tilskudd.Notices.Inbound;
using Tilskudd.Notices.Mailing;
using Tilskudd.Workflows;

namespace Tilskudd.Tests.House;

public sealed class SealedTests
{
    public static TheoryData<string> Assemblies => ["Tilskudd.Workflows", "Tilskudd.Cycle", "Tilskudd"];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_class_is_sealed_or_abstract(string assembly)
    {
        var types = Assembly.Load(assembly).GetTypes()
            .Where(type => type.IsClass && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && type.Namespace?.Contains("Migrations", StringComparison.Ordinal) != true)
            .Where(type => type.Namespace != "Microsoft.AspNetCore.OpenApi.Generated") // the framework's own, compiled in with ours
            .Where(type => !typeof(Microsoft.AspNetCore.Components.IComponent).IsAssignableFrom(type) && type.Name is not ("Program" or "_Imports"));

        var open = types.Where(type => !type.IsSealed && !type.IsAbstract && !IsBaseOfAnother(type));

        Assert.Empty(open.Select(type => type.FullName));
    }

    [Fact]
    public void An_interface_has_two_bodies_or_is_a_type_of_id()
    {
        Assembly[] assemblies = [typeof(IEngine).Assembly, typeof(Refusal).Assembly, Assembly.Load("Tilskudd")];
        var types = assemblies.SelectMany(assembly => assembly.GetTypes()).ToList();

        // The second body of each stands on Elsa or MailKit, in an assembly that is built only where those restore.
        var lonely = types.Where(type => type.IsInterface && type != typeof(IEngine) && type != typeof(IInbound) && type != typeof(IMailLine))
            .Where(type => types.Count(other => other.IsClass || other.IsValueType ? other.GetInterfaces().Any(face => (face.IsGenericType ? face.GetGenericTypeDefinition() : face) == type) : false) < 2);

        Assert.Empty(lonely.Select(type => type.FullName));
    }

    private static bool IsBaseOfAnother(Type type) => type.Assembly.GetTypes().Any(other => other.BaseType == type || (other.BaseType?.IsGenericType == true && other.BaseType.GetGenericTypeDefinition() == type));
}
