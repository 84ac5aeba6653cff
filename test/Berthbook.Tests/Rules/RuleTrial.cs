using System.Reflection;

namespace Berthbook.Rules;

/// <summary>A test that cites a rule, run again without that rule.</summary>
sealed class RuleTrial(MethodInfo method)
{
    const BindingFlags Tests =
        BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The tests of an assembly that cite a rule.</summary>
    public static IReadOnlyList<RuleTrial> Of(Assembly tests, string rule) =>
        [
            .. tests
                .GetTypes()
                .Where(type => type is { IsPublic: true, IsAbstract: false })
                .SelectMany(type => Within(type, rule)),
        ];

    /// <summary>The tests of a class that cite a rule.</summary>
    public static IEnumerable<RuleTrial> Within(Type type, string rule) =>
        type.GetMethods(Tests)
            .Where(method => method.GetCustomAttribute<CitesAttribute>()?.Rules.Contains(rule) == true)
            .Select(method => new RuleTrial(method));

    /// <summary>Why the test shows nothing of the rule; null where it passes with the rule and fails without.</summary>
    public async Task<string?> FaultAsync(string rule)
    {
        var name = $"{method.DeclaringType!.Name}.{method.Name}";
        var hasNoticed = false;
        foreach (var values in Rows())
        {
            if (await FailsAsync(null, values))
                return $"{name} does not pass by itself with all rules";
            hasNoticed |= await FailsAsync(rule, values);
        }
        return hasNoticed ? null : $"{name} passes without it";
    }

    List<object?[]> Rows()
    {
        List<object?[]> rows = [.. method.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data)];
        return rows.Count > 0
            ? rows
            :
            [
                [],
            ];
    }

    // A test that is skipped has noticed nothing.
    async Task<bool> FailsAsync(string? without, object?[] values)
    {
        try
        {
            await InForce.WithoutAsync(without, () => RunAsync(values));
            return false;
        }
        catch (Exception fault) when (IsSkip(fault))
        {
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }

    async Task RunAsync(object?[] values)
    {
        var test = method.IsStatic ? null : Activator.CreateInstance(method.DeclaringType!);
        try
        {
            var done = method.Invoke(test, BindingFlags.DoNotWrapExceptions, null, Fitted(values), null);
            if (done is Task task)
                await task;
            else if (done is ValueTask valueTask)
                await valueTask;
        }
        finally
        {
            (test as IDisposable)?.Dispose();
        }
    }

    // A row may leave out what the method has a default for, or be the values of a params array.
    object?[] Fitted(object?[] values)
    {
        var parameters = method.GetParameters();
        if (
            parameters is [.., { ParameterType.IsArray: true } last]
            && last.IsDefined(typeof(ParamArrayAttribute))
        )
        {
            var rest = values.Skip(parameters.Length - 1).ToArray();
            if (rest is [Array])
                return values;
            var packed = Array.CreateInstance(last.ParameterType.GetElementType()!, rest.Length);
            rest.CopyTo(packed, 0);
            return [.. values.Take(parameters.Length - 1), packed];
        }
        return [.. values, .. parameters.Skip(values.Length).Select(parameter => parameter.DefaultValue)];
    }

    static bool IsSkip(Exception fault) =>
        fault.Message.StartsWith("$XunitDynamicSkip$", StringComparison.Ordinal);
}
